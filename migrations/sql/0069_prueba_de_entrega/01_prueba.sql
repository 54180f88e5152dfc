-- Who received an item, as it was seen at the door.
CREATE TABLE envios_prueba (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    evento_id uuid,
    evento_cliente_id varchar(64) NOT NULL,
    receptor_nombre varchar(120) NOT NULL,
    relacion text NOT NULL,
    codigo_comprobado boolean NOT NULL,
    latitud numeric(9, 6),
    longitud numeric(9, 6),
    precision_m integer,
    ocurrida_en timestamptz NOT NULL,
    recibida_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    registrada_por varchar(120) NOT NULL,
    CONSTRAINT pk_envios_prueba PRIMARY KEY (id),
    CONSTRAINT fk_envios_prueba_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_prueba_operador_unidad_id
        FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_prueba_evento_id FOREIGN KEY (evento_id) REFERENCES envios_evento (id),
    CONSTRAINT uq_envios_prueba_evento_id UNIQUE (evento_id),
    CONSTRAINT ck_envios_prueba_relacion CHECK (relacion IN (
        'destinatario', 'autorizado', 'familiar', 'vecino', 'porteria', 'trabajo', 'agencia', 'remitente'
    )),
    CONSTRAINT ck_envios_prueba_receptor_nombre
        CHECK (receptor_nombre = btrim(receptor_nombre) AND length(receptor_nombre) BETWEEN 1 AND 120),
    CONSTRAINT ck_envios_prueba_de_que CHECK (evento_id IS NOT NULL OR evento_cliente_id <> ''),
    CONSTRAINT ck_envios_prueba_codigo_comprobado CHECK (NOT codigo_comprobado OR evento_id IS NOT NULL),
    CONSTRAINT ck_envios_prueba_coordenadas CHECK ((latitud IS NULL) = (longitud IS NULL)),
    CONSTRAINT ck_envios_prueba_en_el_mundo
        CHECK (latitud BETWEEN -90 AND 90 AND longitud BETWEEN -180 AND 180),
    CONSTRAINT ck_envios_prueba_precision_m CHECK (
        precision_m IS NULL OR (latitud IS NOT NULL AND precision_m BETWEEN 0 AND 100000)
    )
);
CREATE INDEX ix_envios_prueba_envio ON envios_prueba (envio_id);
CREATE UNIQUE INDEX uq_envios_prueba_cliente ON envios_prueba (operador_unidad_id, evento_cliente_id)
    WHERE evento_cliente_id <> '';
CREATE TRIGGER envios_prueba_inmutable BEFORE UPDATE OR DELETE ON envios_prueba
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
-- A proof is of a delivery of its own item, noted by the same operator.
CREATE FUNCTION envios_prueba_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM envios_evento e
        WHERE e.id = NEW.evento_id AND e.envio_id = NEW.envio_id AND e.codigo = 'EMI'
          AND e.operador_unidad_id = NEW.operador_unidad_id
    ) THEN
        RAISE EXCEPTION 'la prueba es de una entrega de su envío' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_prueba_guardia BEFORE INSERT ON envios_prueba
    FOR EACH ROW WHEN (NEW.evento_id IS NOT NULL) EXECUTE FUNCTION envios_prueba_guardia();
GRANT SELECT, INSERT ON envios_prueba TO qhatu_aplicacion;

CREATE TABLE envios_prueba_archivo (
    prueba_id uuid NOT NULL,
    clase text NOT NULL,
    archivo_id uuid NOT NULL,
    huella text NOT NULL,
    recibido_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    registrado_por varchar(120) NOT NULL,
    CONSTRAINT pk_envios_prueba_archivo PRIMARY KEY (prueba_id, clase),
    CONSTRAINT fk_envios_prueba_archivo_prueba_id FOREIGN KEY (prueba_id) REFERENCES envios_prueba (id),
    CONSTRAINT fk_envios_prueba_archivo_archivo_id
        FOREIGN KEY (archivo_id, prueba_id) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_envios_prueba_archivo_clase CHECK (clase IN ('foto', 'firma'))
);
CREATE INDEX ix_envios_prueba_archivo_archivo_id ON envios_prueba_archivo (archivo_id);
CREATE TRIGGER envios_prueba_archivo_inmutable BEFORE UPDATE OR DELETE ON envios_prueba_archivo
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
GRANT SELECT, INSERT ON envios_prueba_archivo TO qhatu_aplicacion;
