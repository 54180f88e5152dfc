-- How a person wants to be told, the summary of each day, and the address for feed readers.

CREATE TABLE ciudadania_preferencia (
    persona_id uuid NOT NULL CONSTRAINT pk_ciudadania_preferencia PRIMARY KEY
        CONSTRAINT fk_ciudadania_preferencia_persona_id REFERENCES ciudadania_persona (id),
    resumen_diario boolean NOT NULL
);
GRANT SELECT, INSERT, UPDATE (resumen_diario) ON ciudadania_preferencia TO qhatu_aplicacion;

CREATE TABLE ciudadania_resumen (
    persona_id uuid NOT NULL CONSTRAINT fk_ciudadania_resumen_persona_id REFERENCES ciudadania_persona (id),
    dia date NOT NULL,
    lineas jsonb NOT NULL,
    creado_en timestamptz NOT NULL,
    CONSTRAINT pk_ciudadania_resumen PRIMARY KEY (persona_id, dia)
);
GRANT SELECT, INSERT ON ciudadania_resumen TO qhatu_aplicacion;

CREATE TABLE ciudadania_canal (
    id uuid NOT NULL CONSTRAINT pk_ciudadania_canal PRIMARY KEY,
    persona_id uuid NOT NULL CONSTRAINT fk_ciudadania_canal_persona_id REFERENCES ciudadania_persona (id),
    huella bytea NOT NULL CONSTRAINT uq_ciudadania_canal_huella UNIQUE
        CONSTRAINT ck_ciudadania_canal_huella_sha256 CHECK (octet_length(huella) = 32),
    creado_en timestamptz NOT NULL,
    revocado_en timestamptz
);
CREATE UNIQUE INDEX uq_ciudadania_canal_vigente ON ciudadania_canal (persona_id) WHERE revocado_en IS NULL;
GRANT SELECT, INSERT, UPDATE (revocado_en) ON ciudadania_canal TO qhatu_aplicacion;
