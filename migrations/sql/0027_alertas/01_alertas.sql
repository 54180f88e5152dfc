-- Saved searches, and what was found for each: an object once.

CREATE TABLE alertas_alerta (
    id uuid NOT NULL CONSTRAINT pk_alertas_alerta PRIMARY KEY,
    persona_id uuid NOT NULL CONSTRAINT fk_alertas_alerta_persona_id REFERENCES ciudadania_persona (id),
    unidad_id uuid CONSTRAINT fk_alertas_alerta_unidad_id REFERENCES registro_unidad (id),
    emparejador text NOT NULL,
    criterios jsonb NOT NULL,
    nombre text NOT NULL CONSTRAINT ck_alertas_alerta_nombre CHECK (char_length(nombre) BETWEEN 1 AND 120),
    terminos text[] NOT NULL CONSTRAINT ck_alertas_alerta_terminos CHECK (cardinality(terminos) BETWEEN 1 AND 20),
    ancla text NOT NULL,
    desde bigint,
    hasta bigint,
    frecuencia text NOT NULL CONSTRAINT ck_alertas_alerta_frecuencia CHECK (frecuencia IN ('al_momento', 'diaria')),
    por_webhook boolean NOT NULL,
    lugar smallint NOT NULL CONSTRAINT ck_alertas_alerta_lugar CHECK (lugar BETWEEN 1 AND 50),
    huella_canal bytea CONSTRAINT uq_alertas_alerta_huella_canal UNIQUE
        CONSTRAINT ck_alertas_alerta_huella_sha256 CHECK (octet_length(huella_canal) = 32),
    creado_en timestamptz NOT NULL,
    vence_en timestamptz NOT NULL,
    baja_en timestamptz,
    motivo_baja text CONSTRAINT ck_alertas_alerta_motivo_baja CHECK (motivo_baja IN ('pedida', 'vencida')),
    CONSTRAINT ck_alertas_alerta_ancla CHECK (ancla = ANY (terminos)),
    CONSTRAINT ck_alertas_alerta_rango CHECK (desde <= hasta),
    CONSTRAINT ck_alertas_alerta_webhook_de_unidad CHECK (NOT por_webhook OR unidad_id IS NOT NULL),
    CONSTRAINT ck_alertas_alerta_baja_completa CHECK ((baja_en IS NULL) = (motivo_baja IS NULL))
);
CREATE UNIQUE INDEX uq_alertas_alerta_lugar ON alertas_alerta (persona_id, lugar) WHERE baja_en IS NULL;
CREATE UNIQUE INDEX uq_alertas_alerta_igual ON alertas_alerta (persona_id, unidad_id, emparejador, criterios)
    NULLS NOT DISTINCT WHERE baja_en IS NULL;
CREATE INDEX ix_alertas_alerta_ancla ON alertas_alerta (emparejador, ancla) WHERE baja_en IS NULL;
CREATE INDEX ix_alertas_alerta_unidad ON alertas_alerta (unidad_id) WHERE baja_en IS NULL;
CREATE INDEX ix_alertas_alerta_vence ON alertas_alerta (vence_en) WHERE baja_en IS NULL;
GRANT SELECT, INSERT, UPDATE (vence_en, baja_en, motivo_baja, huella_canal) ON alertas_alerta TO qhatu_aplicacion;

CREATE TABLE alertas_coincidencia (
    alerta_id uuid NOT NULL CONSTRAINT fk_alertas_coincidencia_alerta_id REFERENCES alertas_alerta (id),
    objeto_id uuid NOT NULL,
    hallada_en timestamptz NOT NULL,
    enviar_en timestamptz NOT NULL,
    enviada_en timestamptz,
    CONSTRAINT pk_alertas_coincidencia PRIMARY KEY (alerta_id, objeto_id)
);
CREATE INDEX ix_alertas_coincidencia_por_enviar ON alertas_coincidencia (enviar_en) WHERE enviada_en IS NULL;
CREATE INDEX ix_alertas_coincidencia_hallada ON alertas_coincidencia (alerta_id, hallada_en, objeto_id);
GRANT SELECT, INSERT, UPDATE (enviada_en), DELETE ON alertas_coincidencia TO qhatu_aplicacion;

-- What ended stays ended, and what was told stays told.
CREATE FUNCTION alertas_no_vuelve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'en % lo terminado no vuelve', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER alertas_alerta_terminada BEFORE UPDATE ON alertas_alerta
    FOR EACH ROW WHEN (OLD.baja_en IS NOT NULL) EXECUTE FUNCTION alertas_no_vuelve();
CREATE TRIGGER alertas_coincidencia_enviada BEFORE UPDATE ON alertas_coincidencia
    FOR EACH ROW WHEN (OLD.enviada_en IS NOT NULL) EXECUTE FUNCTION alertas_no_vuelve();
