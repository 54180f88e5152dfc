-- What was bought before the platform was there, line by line as files of SICOES say it. Everything may be missing but the
-- code of the process; every row says of which file and line it is.
CREATE TABLE feria_historia_archivo (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    clave UUID NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    formato VARCHAR(20) NOT NULL,
    fuente VARCHAR(200) NOT NULL,
    visto_en DATE NOT NULL,
    bytes BIGINT NOT NULL,
    guardado_id UUID,
    persona_id UUID,
    quien VARCHAR(200) NOT NULL,
    estado VARCHAR(10) NOT NULL,
    hasta_byte BIGINT NOT NULL,
    hasta_linea INTEGER NOT NULL,
    registros INTEGER NOT NULL,
    hechos INTEGER NOT NULL,
    repetidos INTEGER NOT NULL,
    ilegibles INTEGER NOT NULL,
    avisos INTEGER NOT NULL,
    creado_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    avanzo_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_historia_archivo PRIMARY KEY (id),
    CONSTRAINT fk_feria_historia_archivo_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT uq_feria_historia_archivo_clave UNIQUE (clave),
    CONSTRAINT fk_feria_historia_archivo_guardado_id
        FOREIGN KEY (guardado_id, clave) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_feria_historia_archivo_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_feria_historia_archivo_formato
        CHECK (formato IN ('convocatorias', 'procesos', 'items', 'adjudicados')),
    CONSTRAINT ck_feria_historia_archivo_avance
        CHECK (bytes > 0 AND hasta_byte BETWEEN 0 AND bytes AND hasta_linea >= 0),
    CONSTRAINT ck_feria_historia_archivo_cuentas
        CHECK (hechos >= 0 AND repetidos >= 0 AND ilegibles >= 0 AND avisos >= 0
            AND registros = hechos + repetidos + ilegibles),
    CONSTRAINT ck_feria_historia_archivo_terminado
        CHECK ((terminado_en IS NULL) = (estado = 'en_marcha') AND (estado <> 'terminado' OR hasta_byte = bytes))
);
-- The same bytes are one import; one that was cut for good may be begun again.
CREATE UNIQUE INDEX uq_feria_historia_archivo_sha256 ON feria_historia_archivo (sha256) WHERE estado <> 'cortado';
CREATE INDEX ix_feria_historia_archivo_avanzo_en ON feria_historia_archivo (avanzo_en) WHERE estado = 'en_marcha';
CREATE INDEX ix_feria_historia_archivo_persona_id ON feria_historia_archivo (persona_id);
CREATE INDEX ix_feria_historia_archivo_guardado_id ON feria_historia_archivo (guardado_id);
GRANT SELECT, INSERT, UPDATE (estado, guardado_id, hasta_byte, hasta_linea, registros, hechos, repetidos, ilegibles, avisos,
    avanzo_en, terminado_en) ON feria_historia_archivo TO qhatu_aplicacion;

-- What there is to say of a line: that it was not read, that another said the same, or what of it was not understood.
CREATE TABLE feria_historia_linea (
    archivo_id INTEGER NOT NULL,
    linea INTEGER NOT NULL,
    campo VARCHAR(60) NOT NULL,
    que VARCHAR(10) NOT NULL,
    motivo VARCHAR(30) NOT NULL,
    cuce VARCHAR(30),
    texto VARCHAR(200) NOT NULL,
    otro_archivo_id INTEGER,
    otra_linea INTEGER,
    CONSTRAINT pk_feria_historia_linea PRIMARY KEY (archivo_id, linea, campo, motivo),
    CONSTRAINT ck_feria_historia_linea_linea CHECK (linea > 1),
    CONSTRAINT ck_feria_historia_linea_que CHECK (que IN ('ilegible', 'repetido', 'aviso')),
    CONSTRAINT ck_feria_historia_linea_otra
        CHECK (num_nonnulls(otro_archivo_id, otra_linea)
            = CASE WHEN que = 'repetido' OR motivo = 'otra_version' THEN 2 ELSE 0 END)
);
GRANT SELECT, INSERT ON feria_historia_linea TO qhatu_aplicacion;

CREATE TABLE feria_historia_proceso (
    archivo_id INTEGER NOT NULL,
    linea INTEGER NOT NULL,
    huella UUID NOT NULL,
    cuce VARCHAR(30) NOT NULL,
    gestion SMALLINT NOT NULL GENERATED ALWAYS AS (2000 + left(cuce, 2)::smallint) STORED,
    entidad_codigo VARCHAR(4) NOT NULL GENERATED ALWAYS AS (split_part(cuce, '-', 2)) STORED,
    entidad VARCHAR(300),
    tipo VARCHAR(60),
    categoria VARCHAR(15),
    modalidad VARCHAR(30),
    objeto VARCHAR(4000),
    estado VARCHAR(100),
    subasta BOOLEAN,
    publicado DATE,
    presentacion DATE,
    decidido DATE,
    departamento VARCHAR(2),
    normativa VARCHAR(120),
    menciones VARCHAR(200),
    archivos VARCHAR(1000),
    formularios VARCHAR(300),
    reunion VARCHAR(40),
    costo_pliego BIGINT,
    total_referencial BIGINT,
    total_adjudicado BIGINT,
    total_recibido BIGINT,
    fallas VARCHAR(30)[] NOT NULL,
    CONSTRAINT pk_feria_historia_proceso PRIMARY KEY (archivo_id, linea),
    CONSTRAINT uq_feria_historia_proceso_cuce_huella UNIQUE (cuce, huella),
    CONSTRAINT ck_feria_historia_proceso_linea CHECK (linea > 1),
    CONSTRAINT ck_feria_historia_proceso_cuce
        CHECK (cuce ~ '^[0-9]{2}-[0-9A-Z]{4}-[0-9]{2}-[0-9]{4,7}-([0-9]{1,2}-[0-9]{1,2}|0-E)$'),
    CONSTRAINT ck_feria_historia_proceso_categoria
        CHECK (categoria IN ('bienes', 'servicios', 'obras', 'consultoria')),
    CONSTRAINT ck_feria_historia_proceso_departamento CHECK (departamento ~ '^0[1-9]$'),
    CONSTRAINT ck_feria_historia_proceso_montos
        CHECK (least(costo_pliego, total_referencial, total_adjudicado, total_recibido) >= 0),
    CONSTRAINT ck_feria_historia_proceso_fallas CHECK (fallas <@ ARRAY['cuce_corregido', 'fecha_imposible',
        'fechas_en_desorden', 'norma_es_departamento', 'redondeado', 'sin_referencia']::varchar[])
);
GRANT SELECT, INSERT ON feria_historia_proceso TO qhatu_aplicacion;

CREATE TABLE feria_historia_item (
    archivo_id INTEGER NOT NULL,
    linea INTEGER NOT NULL,
    huella UUID NOT NULL,
    cuce VARCHAR(30) NOT NULL,
    numero INTEGER,
    unspsc VARCHAR(8),
    unspsc_texto VARCHAR(20),
    partida VARCHAR(10),
    descripcion VARCHAR(4000),
    unidad VARCHAR(30),
    contenido NUMERIC(14, 4),
    contenido_unidad VARCHAR(30),
    unidad_texto VARCHAR(100),
    cantidad NUMERIC(14, 4),
    precio_referencial NUMERIC(18, 4),
    total_referencial BIGINT,
    proveedor VARCHAR(300),
    precio_adjudicado NUMERIC(18, 4),
    total_adjudicado BIGINT,
    cantidad_recibida NUMERIC(14, 4),
    precio_recibido NUMERIC(18, 4),
    total_recibido BIGINT,
    estado VARCHAR(100),
    cronograma VARCHAR(40),
    fallas VARCHAR(30)[] NOT NULL,
    CONSTRAINT pk_feria_historia_item PRIMARY KEY (archivo_id, linea),
    CONSTRAINT uq_feria_historia_item_cuce UNIQUE NULLS NOT DISTINCT (cuce, numero, huella),
    CONSTRAINT ck_feria_historia_item_linea CHECK (linea > 1),
    CONSTRAINT ck_feria_historia_item_cuce
        CHECK (cuce ~ '^[0-9]{2}-[0-9A-Z]{4}-[0-9]{2}-[0-9]{4,7}-([0-9]{1,2}-[0-9]{1,2}|0-E)$'),
    CONSTRAINT ck_feria_historia_item_unspsc CHECK (unspsc ~ '^[0-9]{8}$'),
    CONSTRAINT ck_feria_historia_item_unidad
        CHECK (unidad IS NOT NULL OR num_nonnulls(contenido, contenido_unidad) = 0),
    CONSTRAINT ck_feria_historia_item_montos
        CHECK (least(numero, contenido, cantidad, precio_referencial, total_referencial, precio_adjudicado,
            total_adjudicado, cantidad_recibida, precio_recibido, total_recibido) >= 0),
    CONSTRAINT ck_feria_historia_item_fallas CHECK (fallas <@ ARRAY['adjudicado_distinto', 'cuce_corregido',
        'recibido_distinto', 'redondeado', 'referencial_distinto', 'sin_referencia', 'vacio']::varchar[])
);
GRANT SELECT, INSERT ON feria_historia_item TO qhatu_aplicacion;

CREATE TABLE feria_historia_adjudicado (
    archivo_id INTEGER NOT NULL,
    linea INTEGER NOT NULL,
    huella UUID NOT NULL,
    cuce VARCHAR(30) NOT NULL,
    numero INTEGER,
    proveedor VARCHAR(300),
    monto BIGINT,
    contrato VARCHAR(100),
    contrato_monto BIGINT,
    contrato_fecha DATE,
    recibido_monto BIGINT,
    recibido_fecha DATE,
    rupe VARCHAR(40),
    estado VARCHAR(100),
    fallas VARCHAR(30)[] NOT NULL,
    CONSTRAINT pk_feria_historia_adjudicado PRIMARY KEY (archivo_id, linea),
    CONSTRAINT uq_feria_historia_adjudicado_cuce UNIQUE NULLS NOT DISTINCT (cuce, numero, huella),
    CONSTRAINT ck_feria_historia_adjudicado_linea CHECK (linea > 1),
    CONSTRAINT ck_feria_historia_adjudicado_cuce
        CHECK (cuce ~ '^[0-9]{2}-[0-9A-Z]{4}-[0-9]{2}-[0-9]{4,7}-([0-9]{1,2}-[0-9]{1,2}|0-E)$'),
    CONSTRAINT ck_feria_historia_adjudicado_montos
        CHECK (least(numero, monto, contrato_monto, recibido_monto) >= 0),
    CONSTRAINT ck_feria_historia_adjudicado_fallas CHECK (fallas <@ ARRAY['cuce_corregido', 'fecha_imposible',
        'fechas_en_desorden', 'redondeado', 'vacio']::varchar[])
);
GRANT SELECT, INSERT ON feria_historia_adjudicado TO qhatu_aplicacion;
