-- A process of which something stands awarded is left with another certificate, at the commit, never with none: its budget would be
-- awarded twice.
CREATE FUNCTION feria_proceso_certificado_queda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c WHERE c.id = OLD.convocatoria_id AND c.items_adjudicados > 0
        AND NOT EXISTS (SELECT FROM feria_proceso_certificado p WHERE p.convocatoria_id = c.id);
    IF FOUND THEN
        RAISE EXCEPTION 'what stands awarded keeps a certificate' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_proceso_certificado_queda AFTER DELETE ON feria_proceso_certificado
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_proceso_certificado_queda();
