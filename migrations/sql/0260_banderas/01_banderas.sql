-- What is worth a look, worked out of what is public; what entities answer; up to where each was looked at.
CREATE TABLE feria_bandera (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    codigo VARCHAR(4) NOT NULL,
    version SMALLINT NOT NULL,
    sobre VARCHAR(9) NOT NULL,
    proceso_id BIGINT,
    quien VARCHAR(80),
    nombre VARCHAR(300),
    entidad_codigo VARCHAR(4),
    dia DATE NOT NULL,
    valor VARCHAR(80) NOT NULL,
    datos JSONB NOT NULL,
    quienes JSONB NOT NULL,
    vista_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    cambio_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    levantada_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_bandera PRIMARY KEY (id),
    CONSTRAINT uq_feria_bandera_codigo UNIQUE NULLS NOT DISTINCT (codigo, proceso_id, quien),
    CONSTRAINT fk_feria_bandera_proceso_id_feria_mercado_proceso
        FOREIGN KEY (proceso_id) REFERENCES feria_mercado_proceso (id),
    CONSTRAINT ck_feria_bandera_codigo CHECK (codigo IN ('R003', 'R018', 'R024', 'R025', 'R028', 'R030', 'R035',
        'R036', 'R038', 'R048', 'R058', 'Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07')),
    CONSTRAINT ck_feria_bandera_sobre CHECK (sobre IN ('proceso', 'entidad', 'proveedor')),
    CONSTRAINT ck_feria_bandera_de_quien
        CHECK (num_nonnulls(proceso_id, quien) = 1 AND (sobre = 'proceso') = (proceso_id IS NOT NULL)),
    CONSTRAINT ck_feria_bandera_version CHECK (version > 0),
    CONSTRAINT ck_feria_bandera_valor CHECK (valor ~ '^-?[0-9]+(/[0-9]+)?$')
);
CREATE INDEX ix_feria_bandera_dia ON feria_bandera (dia, id) WHERE levantada_en IS NULL;
CREATE INDEX ix_feria_bandera_codigo ON feria_bandera (codigo, dia, id) WHERE levantada_en IS NULL;
CREATE INDEX ix_feria_bandera_entidad_codigo ON feria_bandera (entidad_codigo, dia, id);
CREATE INDEX ix_feria_bandera_proceso_id ON feria_bandera (proceso_id);
CREATE INDEX ix_feria_bandera_quienes ON feria_bandera USING gin (quienes jsonb_path_ops);
GRANT SELECT, INSERT, UPDATE (version, valor, datos, quienes, dia, cambio_en, levantada_en)
    ON feria_bandera TO qhatu_aplicacion;

CREATE TABLE feria_bandera_respuesta (
    id UUID NOT NULL,
    bandera_id BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    unidad_id UUID NOT NULL,
    texto VARCHAR(3000) NOT NULL,
    respondida_por VARCHAR(200) NOT NULL,
    respondida_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_bandera_respuesta PRIMARY KEY (id),
    CONSTRAINT uq_feria_bandera_respuesta_bandera_id_version UNIQUE (bandera_id, version),
    CONSTRAINT fk_feria_bandera_respuesta_bandera_id_feria_bandera
        FOREIGN KEY (bandera_id) REFERENCES feria_bandera (id),
    CONSTRAINT fk_feria_bandera_respuesta_unidad_id_registro_unidad
        FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_feria_bandera_respuesta_version CHECK (version BETWEEN 1 AND 10),
    CONSTRAINT ck_feria_bandera_respuesta_texto CHECK (char_length(texto) >= 10)
);
CREATE INDEX ix_feria_bandera_respuesta_unidad_id ON feria_bandera_respuesta (unidad_id);
GRANT SELECT, INSERT ON feria_bandera_respuesta TO qhatu_aplicacion;

CREATE TABLE feria_bandera_proceso (
    convocatoria_id UUID NOT NULL,
    secuencia SMALLINT NOT NULL,
    definiciones VARCHAR(32) NOT NULL,
    CONSTRAINT pk_feria_bandera_proceso PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_bandera_proceso_convocatoria_id_feria_convocatoria
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id)
);
GRANT SELECT, INSERT, UPDATE (secuencia, definiciones) ON feria_bandera_proceso TO qhatu_aplicacion;

CREATE TABLE feria_bandera_entidad (
    entidad_codigo VARCHAR(4) NOT NULL,
    nombre VARCHAR(300) NOT NULL,
    procesos INTEGER NOT NULL,
    sin_convocatoria INTEGER NOT NULL,
    mirada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_bandera_entidad PRIMARY KEY (entidad_codigo),
    CONSTRAINT ck_feria_bandera_entidad_cuentas CHECK (sin_convocatoria BETWEEN 0 AND procesos)
);
CREATE INDEX ix_feria_bandera_entidad_mirada_en ON feria_bandera_entidad (mirada_en);
GRANT SELECT, INSERT, UPDATE (nombre, procesos, sin_convocatoria, mirada_en)
    ON feria_bandera_entidad TO qhatu_aplicacion;
