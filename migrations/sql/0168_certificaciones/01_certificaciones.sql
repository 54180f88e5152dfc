-- What a public entity has of its budget of a year for something, as its own system certified it. How much of it is
-- committed or spent is the ledger's.
CREATE TABLE feria_certificacion (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    ejecutora VARCHAR(2) NOT NULL,
    numero VARCHAR(20) NOT NULL,
    gestion SMALLINT NOT NULL,
    fecha DATE NOT NULL,
    objeto VARCHAR(5) NOT NULL,
    fuente VARCHAR(2),
    organismo VARCHAR(3),
    direccion VARCHAR(4),
    apertura VARCHAR(40),
    concepto VARCHAR(300) NOT NULL,
    monto BIGINT NOT NULL,
    estado VARCHAR(10) NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    registrada_en TIMESTAMPTZ NOT NULL,
    registro VARCHAR(200) NOT NULL,
    persona_id UUID NOT NULL,
    mandato_id UUID NOT NULL,
    motivo VARCHAR(1000),
    terminada_en TIMESTAMPTZ,
    termino VARCHAR(200),
    CONSTRAINT pk_feria_certificacion PRIMARY KEY (id),
    CONSTRAINT uq_feria_certificacion_unidad_id_gestion_numero UNIQUE (unidad_id, gestion, numero),
    CONSTRAINT uq_feria_certificacion_id_unidad_id UNIQUE (id, unidad_id),
    CONSTRAINT fk_feria_certificacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_certificacion_unidad_id_ejecutora
        FOREIGN KEY (unidad_id, ejecutora) REFERENCES feria_ejecutora (unidad_id, ejecutora),
    CONSTRAINT fk_feria_certificacion_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_feria_certificacion_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_feria_certificacion_numero CHECK (numero ~ '^[0-9A-Z][0-9A-Z./-]*$'),
    CONSTRAINT ck_feria_certificacion_gestion CHECK (gestion = extract(year FROM fecha)),
    CONSTRAINT ck_feria_certificacion_objeto CHECK (objeto ~ '^[1-9][0-9]{4}$'),
    CONSTRAINT ck_feria_certificacion_fuente CHECK (fuente ~ '^[0-9]{2}$'),
    CONSTRAINT ck_feria_certificacion_organismo CHECK (organismo ~ '^[0-9]{3}$'),
    CONSTRAINT ck_feria_certificacion_direccion CHECK (direccion ~ '^[0-9]{1,4}$'),
    CONSTRAINT ck_feria_certificacion_apertura CHECK (apertura ~ '^[0-9]+( [0-9]+)*$'),
    CONSTRAINT ck_feria_certificacion_monto CHECK (monto BETWEEN 1 AND 100000000000000),
    CONSTRAINT ck_feria_certificacion_vence_en
        CHECK (vence_en = (make_date(gestion + 1, 1, 1)::timestamp AT TIME ZONE 'America/La_Paz')),
    CONSTRAINT ck_feria_certificacion_terminada_en CHECK ((estado = 'vigente') = (terminada_en IS NULL)),
    CONSTRAINT ck_feria_certificacion_termino CHECK ((terminada_en IS NULL) = (termino IS NULL)),
    CONSTRAINT ck_feria_certificacion_motivo
        CHECK ((estado = 'anulada') = (motivo IS NOT NULL) AND char_length(motivo) >= 10)
);
CREATE INDEX ix_feria_certificacion_unidad_id_id ON feria_certificacion (unidad_id, id);
CREATE INDEX ix_feria_certificacion_vence_en_id ON feria_certificacion (vence_en, id) WHERE estado = 'vigente';
GRANT SELECT, INSERT, UPDATE (estado, motivo, terminada_en, termino) ON feria_certificacion TO qhatu_aplicacion;

-- VIDA_CERTIFICACION.sql()
ALTER TABLE feria_certificacion DROP CONSTRAINT IF EXISTS ck_feria_certificacion_estado,
    ADD CONSTRAINT ck_feria_certificacion_estado CHECK (estado IN ('vigente', 'anulada', 'terminada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_certificacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_certificacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('anulada', 'terminada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

-- A certificate is of the year in which it is written down; what was written stays, and only time ends its year.
CREATE FUNCTION feria_certificacion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.vence_en <= nucleo_ahora() OR NEW.fecha > (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date THEN
            RAISE EXCEPTION 'a certificate is of the year that runs' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.estado <> 'vigente' OR to_jsonb(NEW) - ARRAY['estado', 'motivo', 'terminada_en', 'termino']
        <> to_jsonb(OLD) - ARRAY['estado', 'motivo', 'terminada_en', 'termino'] THEN
        RAISE EXCEPTION 'what was certified stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'terminada' AND OLD.vence_en > nucleo_ahora() THEN
        RAISE EXCEPTION 'its year has not ended' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_certificacion_guarda BEFORE INSERT OR UPDATE ON feria_certificacion
    FOR EACH ROW EXECUTE FUNCTION feria_certificacion_guarda();
CREATE TRIGGER feria_certificacion_inmutable BEFORE DELETE ON feria_certificacion
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
