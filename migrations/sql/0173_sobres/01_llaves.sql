-- Who holds the keys of an entity's processes, and those keys in parts. What is here opens nothing.

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe20', 'feria.anular_sin_llave',
     'Abrir lo que nadie pudo abrir: los depositarios de la llave', 5, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'Regla de la plataforma', 'Si no se juntan las partes de la llave, la convocatoria queda cancelada.', false,
     '2017-01-01');

CREATE TABLE feria_resguardo (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    umbral SMALLINT NOT NULL,
    estado VARCHAR(12) NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    creado_por VARCHAR(200) NOT NULL,
    vigente_desde TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_resguardo PRIMARY KEY (id),
    CONSTRAINT fk_feria_resguardo_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_feria_resguardo_umbral CHECK (umbral >= 2),
    CONSTRAINT ck_feria_resguardo_vigente_desde CHECK (estado <> 'vigente' OR vigente_desde IS NOT NULL),
    CONSTRAINT ck_feria_resguardo_terminado_en CHECK ((estado = 'terminado') = (terminado_en IS NOT NULL))
);
CREATE UNIQUE INDEX uq_feria_resguardo_vigente ON feria_resguardo (unidad_id) WHERE estado = 'vigente';
CREATE UNIQUE INDEX uq_feria_resguardo_preparacion ON feria_resguardo (unidad_id)
    WHERE estado IN ('inscripcion', 'ensayo');
CREATE INDEX ix_feria_resguardo_unidad ON feria_resguardo (unidad_id, id);
GRANT SELECT, INSERT, UPDATE (estado, vigente_desde, terminado_en) ON feria_resguardo TO qhatu_aplicacion;

CREATE TABLE feria_depositario (
    resguardo_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    persona_id UUID NOT NULL,
    publica BYTEA,
    inscrito_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_depositario PRIMARY KEY (resguardo_id, numero),
    CONSTRAINT uq_feria_depositario_resguardo_id_persona_id UNIQUE (resguardo_id, persona_id),
    CONSTRAINT uq_feria_depositario_resguardo_id_publica UNIQUE (resguardo_id, publica),
    CONSTRAINT fk_feria_depositario_resguardo_id FOREIGN KEY (resguardo_id) REFERENCES feria_resguardo (id),
    CONSTRAINT fk_feria_depositario_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_feria_depositario_numero CHECK (numero BETWEEN 1 AND 7),
    CONSTRAINT ck_feria_depositario_publica CHECK (octet_length(publica) = 32),
    CONSTRAINT ck_feria_depositario_inscrito_en CHECK ((publica IS NULL) = (inscrito_en IS NULL))
);
CREATE INDEX ix_feria_depositario_persona ON feria_depositario (persona_id);
GRANT SELECT, INSERT, UPDATE (publica, inscrito_en) ON feria_depositario TO qhatu_aplicacion;

CREATE TABLE feria_llave (
    id UUID NOT NULL,
    resguardo_id UUID NOT NULL,
    convocatoria_id UUID,
    publica BYTEA NOT NULL,
    creada_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_feria_llave PRIMARY KEY (id),
    CONSTRAINT uq_feria_llave_id_resguardo_id UNIQUE (id, resguardo_id),
    CONSTRAINT uq_feria_llave_convocatoria_id UNIQUE (convocatoria_id),
    CONSTRAINT uq_feria_llave_publica UNIQUE (publica),
    CONSTRAINT fk_feria_llave_resguardo_id FOREIGN KEY (resguardo_id) REFERENCES feria_resguardo (id),
    CONSTRAINT fk_feria_llave_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT ck_feria_llave_publica CHECK (octet_length(publica) = 32)
);
CREATE UNIQUE INDEX uq_feria_llave_ensayo ON feria_llave (resguardo_id) WHERE convocatoria_id IS NULL;
GRANT SELECT, INSERT ON feria_llave TO qhatu_aplicacion;

CREATE TABLE feria_parte (
    llave_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    resguardo_id UUID NOT NULL,
    cifrada BYTEA NOT NULL,
    huella VARCHAR(64) NOT NULL,
    entregada TEXT,
    entregada_en TIMESTAMPTZ,
    entregada_por VARCHAR(200),
    CONSTRAINT pk_feria_parte PRIMARY KEY (llave_id, numero),
    CONSTRAINT fk_feria_parte_llave_id_resguardo_id FOREIGN KEY (llave_id, resguardo_id)
        REFERENCES feria_llave (id, resguardo_id),
    CONSTRAINT fk_feria_parte_resguardo_id_numero FOREIGN KEY (resguardo_id, numero)
        REFERENCES feria_depositario (resguardo_id, numero),
    CONSTRAINT ck_feria_parte_huella CHECK (huella ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_feria_parte_entregada
        CHECK (entregada IS NULL OR encode(sha256(convert_to(entregada, 'UTF8')), 'hex') = huella),
    CONSTRAINT ck_feria_parte_entregada_en CHECK
        ((entregada_en IS NULL) = (entregada_por IS NULL) AND (entregada IS NULL OR entregada_en IS NOT NULL))
);
GRANT SELECT, INSERT, UPDATE (entregada, entregada_en, entregada_por) ON feria_parte TO qhatu_aplicacion;
