-- What an entity will contract in a year (PAC). Its rows are what its last version says; what each version said is a
-- text that stays.
CREATE TABLE feria_plan (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    gestion SMALLINT NOT NULL,
    municipio_ine TEXT,
    estado VARCHAR(9) NOT NULL,
    version SMALLINT NOT NULL,
    numero VARCHAR(20),
    creado_en TIMESTAMPTZ NOT NULL,
    creado_por VARCHAR(200) NOT NULL,
    publicado_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_plan PRIMARY KEY (id),
    CONSTRAINT uq_feria_plan_unidad_id_gestion UNIQUE (unidad_id, gestion),
    CONSTRAINT uq_feria_plan_id_gestion UNIQUE (id, gestion),
    CONSTRAINT uq_feria_plan_numero UNIQUE (numero),
    CONSTRAINT fk_feria_plan_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_plan_municipio_ine FOREIGN KEY (municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT ck_feria_plan_gestion CHECK (gestion BETWEEN 2020 AND 2100),
    CONSTRAINT ck_feria_plan_version CHECK (version > 0 AND (version = 1 OR estado <> 'borrador')),
    CONSTRAINT ck_feria_plan_publicado_en CHECK (
        num_nonnulls(numero, publicado_en) = CASE estado WHEN 'borrador' THEN 0 ELSE 2 END),
    CONSTRAINT ck_feria_plan_terminado_en CHECK ((estado = 'terminado') = (terminado_en IS NOT NULL))
);
CREATE INDEX ix_feria_plan_gestion_id ON feria_plan (gestion, id) WHERE estado <> 'borrador';
GRANT SELECT, INSERT, UPDATE (estado, version, numero, publicado_en, terminado_en), DELETE ON feria_plan
    TO qhatu_aplicacion;

-- VIDA_PLAN.sql()
ALTER TABLE feria_plan DROP CONSTRAINT IF EXISTS ck_feria_plan_estado,
    ADD CONSTRAINT ck_feria_plan_estado CHECK (estado IN ('borrador', 'publicado', 'terminado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_plan FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_plan FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado')
        WHEN 'publicado' THEN NEW.estado IN ('terminado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

CREATE TABLE feria_plan_linea (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    gestion SMALLINT NOT NULL,
    numero SMALLINT NOT NULL,
    objeto VARCHAR(500) NOT NULL,
    categoria VARCHAR(12) NOT NULL,
    modalidad_id UUID NOT NULL,
    mes SMALLINT NOT NULL,
    monto BIGINT NOT NULL,
    partida VARCHAR(5) NOT NULL,
    fuente VARCHAR(2),
    organismo VARCHAR(3),
    familia VARCHAR(4),
    version SMALLINT NOT NULL,
    retirada BOOLEAN NOT NULL,
    busqueda TSVECTOR DEFAULT ''::tsvector NOT NULL,
    CONSTRAINT pk_feria_plan_linea PRIMARY KEY (id),
    CONSTRAINT uq_feria_plan_linea_plan_id_numero UNIQUE (plan_id, numero),
    CONSTRAINT uq_feria_plan_linea_id_plan_id UNIQUE (id, plan_id),
    CONSTRAINT fk_feria_plan_linea_plan_id_gestion FOREIGN KEY (plan_id, gestion) REFERENCES feria_plan (id, gestion),
    CONSTRAINT fk_feria_plan_linea_modalidad_id FOREIGN KEY (modalidad_id) REFERENCES feria_modalidad (id),
    CONSTRAINT ck_feria_plan_linea_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_plan_linea_objeto CHECK (char_length(objeto) >= 5),
    CONSTRAINT ck_feria_plan_linea_categoria CHECK (categoria IN ('bienes', 'servicios', 'obras', 'consultoria')),
    CONSTRAINT ck_feria_plan_linea_mes CHECK (mes BETWEEN 1 AND 12),
    CONSTRAINT ck_feria_plan_linea_monto CHECK (monto BETWEEN 1 AND 100000000000000),
    CONSTRAINT ck_feria_plan_linea_partida CHECK (partida ~ '^[1-9][0-9]{4}$'),
    CONSTRAINT ck_feria_plan_linea_fuente CHECK (fuente ~ '^[0-9]{2}$'),
    CONSTRAINT ck_feria_plan_linea_organismo CHECK (organismo ~ '^[0-9]{3}$'),
    CONSTRAINT ck_feria_plan_linea_familia CHECK (familia ~ '^[0-9]{4}$'),
    CONSTRAINT ck_feria_plan_linea_version CHECK (version > 0)
);
CREATE INDEX ix_feria_plan_linea_gestion_mes_id ON feria_plan_linea (gestion, mes, id) WHERE NOT retirada;
CREATE INDEX ix_feria_plan_linea_busqueda ON feria_plan_linea USING gin (busqueda);
GRANT SELECT, INSERT, UPDATE (objeto, categoria, modalidad_id, mes, monto, partida, fuente, organismo, familia,
    version, retirada), DELETE ON feria_plan_linea TO qhatu_aplicacion;

CREATE TABLE feria_plan_version (
    plan_id UUID NOT NULL,
    version SMALLINT NOT NULL,
    contenido TEXT NOT NULL,
    huella VARCHAR(64) NOT NULL,
    motivo VARCHAR(1000),
    hecha_en TIMESTAMPTZ NOT NULL,
    hecha_por VARCHAR(200) NOT NULL,
    mandato_id UUID,
    CONSTRAINT pk_feria_plan_version PRIMARY KEY (plan_id, version),
    CONSTRAINT fk_feria_plan_version_plan_id FOREIGN KEY (plan_id) REFERENCES feria_plan (id),
    CONSTRAINT fk_feria_plan_version_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_feria_plan_version_version CHECK (version > 0),
    CONSTRAINT ck_feria_plan_version_huella
        CHECK (huella = encode(sha256(convert_to(contenido, 'UTF8')), 'hex')),
    CONSTRAINT ck_feria_plan_version_motivo
        CHECK ((version = 1) = (motivo IS NULL) AND char_length(motivo) >= 10)
);
GRANT SELECT, INSERT ON feria_plan_version TO qhatu_aplicacion;

-- The process that was begun from a line, and what the plan was then.
CREATE TABLE feria_plan_proceso (
    convocatoria_id UUID NOT NULL,
    plan_id UUID NOT NULL,
    linea_id UUID NOT NULL,
    version SMALLINT NOT NULL,
    CONSTRAINT pk_feria_plan_proceso PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_plan_proceso_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_plan_proceso_linea_id_plan_id
        FOREIGN KEY (linea_id, plan_id) REFERENCES feria_plan_linea (id, plan_id),
    CONSTRAINT fk_feria_plan_proceso_plan_id_version
        FOREIGN KEY (plan_id, version) REFERENCES feria_plan_version (plan_id, version)
);
CREATE INDEX ix_feria_plan_proceso_linea_id ON feria_plan_proceso (linea_id);
GRANT SELECT, INSERT, DELETE ON feria_plan_proceso TO qhatu_aplicacion;
