-- Which budget certificate covers a process: of its own entity, in force when it is said, and until the process is decided.
CREATE TABLE feria_proceso_certificado (
    convocatoria_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    certificacion_id UUID NOT NULL,
    dicha_en TIMESTAMPTZ NOT NULL,
    dicha_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_proceso_certificado PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_proceso_certificado_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_proceso_certificado_certificacion_id_unidad_id
        FOREIGN KEY (certificacion_id, unidad_id) REFERENCES feria_certificacion (id, unidad_id)
);
CREATE INDEX ix_feria_proceso_certificado_certificacion_id ON feria_proceso_certificado (certificacion_id);
GRANT SELECT, INSERT, DELETE ON feria_proceso_certificado TO qhatu_aplicacion;

CREATE FUNCTION feria_proceso_certificado_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END
            AND estado NOT IN ('resuelto', 'impugnado', 'cancelado')
            AND (TG_OP = 'DELETE' OR unidad_id = NEW.unidad_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the certificate of a process is its entity''s, and stays once it is decided'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM 1 FROM feria_certificacion
        WHERE id = NEW.certificacion_id AND estado = 'vigente' AND vence_en > nucleo_ahora();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a process is covered by a certificate in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_proceso_certificado_guarda BEFORE INSERT OR DELETE ON feria_proceso_certificado
    FOR EACH ROW EXECUTE FUNCTION feria_proceso_certificado_guarda();
CREATE TRIGGER feria_proceso_certificado_firme BEFORE UPDATE ON feria_proceso_certificado
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- What was written down wrong is annulled and written down again, while nothing was awarded with it: the same number twice would be
-- twice its budget.
CREATE FUNCTION feria_certificacion_adjudicada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_certificacion c
        JOIN feria_proceso_certificado p ON p.certificacion_id = c.id
        JOIN feria_convocatoria v ON v.id = p.convocatoria_id
        WHERE c.unidad_id = NEW.unidad_id AND c.gestion = NEW.gestion AND c.numero = NEW.numero AND c.estado = 'anulada'
            AND v.items_adjudicados > 0 AND v.estado <> 'cancelado';
    IF FOUND THEN
        RAISE EXCEPTION 'feria_certificacion_adjudicada: a process awarded with the one that was annulled'
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_certificacion_adjudicada BEFORE INSERT ON feria_certificacion
    FOR EACH ROW EXECUTE FUNCTION feria_certificacion_adjudicada();
