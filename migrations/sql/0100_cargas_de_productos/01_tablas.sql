-- A file of products: what it says is laid down line by line, and done when somebody confirms it.
CREATE TABLE comercio_carga (
    id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    persona_id uuid NOT NULL,
    persona_nombre varchar(200) NOT NULL,
    estado varchar(10) NOT NULL,
    archivo varchar(120) NOT NULL,
    lectura varchar(120) NOT NULL,
    lineas integer NOT NULL,
    malas integer NOT NULL,
    hechas integer NOT NULL,
    fallidas integer NOT NULL,
    creado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    vence_en timestamptz NOT NULL,
    confirmada_en timestamptz,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_carga PRIMARY KEY (id),
    CONSTRAINT fk_comercio_carga_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_carga_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_carga_lineas CHECK (lineas > 0 AND malas BETWEEN 0 AND lineas),
    CONSTRAINT ck_comercio_carga_cuentas CHECK (
        hechas >= 0 AND fallidas >= 0 AND hechas + fallidas <= lineas - malas),
    CONSTRAINT ck_comercio_carga_terminada CHECK (
        estado <> 'terminada' OR hechas + fallidas = lineas - malas AND terminada_en IS NOT NULL),
    CONSTRAINT ck_comercio_carga_confirmada CHECK (estado <> 'en_marcha' OR confirmada_en IS NOT NULL)
);
CREATE INDEX ix_comercio_carga_vendedor_id_id ON comercio_carga (vendedor_id, id);
CREATE INDEX ix_comercio_carga_persona_id ON comercio_carga (persona_id);
CREATE INDEX ix_comercio_carga_vence_en_id ON comercio_carga (vence_en, id) WHERE estado = 'revisada';
CREATE INDEX ix_comercio_carga_confirmada_en_id ON comercio_carga (confirmada_en, id) WHERE estado = 'en_marcha';

CREATE TABLE comercio_carga_linea (
    carga_id uuid NOT NULL,
    numero integer NOT NULL,
    grupo integer NOT NULL,
    codigo varchar(40) NOT NULL,
    titulo varchar(120) NOT NULL,
    que varchar(10) NOT NULL,
    datos jsonb NOT NULL,
    resultado varchar(10),
    texto varchar(500) NOT NULL,
    producto_id uuid,
    CONSTRAINT pk_comercio_carga_linea PRIMARY KEY (carga_id, numero),
    CONSTRAINT fk_comercio_carga_linea_carga_id FOREIGN KEY (carga_id) REFERENCES comercio_carga (id),
    CONSTRAINT fk_comercio_carga_linea_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_carga_linea_que CHECK (que IN ('nueva', 'cambia', 'mala')),
    CONSTRAINT ck_comercio_carga_linea_resultado CHECK (resultado IN ('hecha', 'fallida')),
    CONSTRAINT ck_comercio_carga_linea_mala CHECK (que <> 'mala' OR texto <> '' AND resultado IS NULL),
    CONSTRAINT ck_comercio_carga_linea_fallida CHECK (resultado IS DISTINCT FROM 'fallida' OR texto <> ''),
    CONSTRAINT ck_comercio_carga_linea_hecha CHECK (resultado IS DISTINCT FROM 'hecha' OR producto_id IS NOT NULL),
    CONSTRAINT ck_comercio_carga_linea_grupo CHECK (grupo BETWEEN 1 AND numero)
);
CREATE INDEX ix_comercio_carga_linea_carga_id_grupo_numero ON comercio_carga_linea (carga_id, grupo, numero)
    WHERE resultado IS NULL AND que <> 'mala';
CREATE INDEX ix_comercio_carga_linea_producto_id ON comercio_carga_linea (producto_id);

-- A line that ended is not done again.
CREATE TRIGGER comercio_carga_linea_terminada BEFORE UPDATE ON comercio_carga_linea FOR EACH ROW
    WHEN (OLD.resultado IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();

GRANT SELECT, INSERT, UPDATE (estado, malas, hechas, fallidas, confirmada_en, terminada_en) ON comercio_carga
    TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (resultado, texto, producto_id) ON comercio_carga_linea TO qhatu_aplicacion;
