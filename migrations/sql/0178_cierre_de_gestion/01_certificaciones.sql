-- When its entity was told that the year of a certificate ends, once.
ALTER TABLE feria_certificacion ADD COLUMN cierre_avisado_en TIMESTAMPTZ;
GRANT UPDATE (cierre_avisado_en) ON feria_certificacion TO qhatu_aplicacion;

-- A certificate is of the year in which it is written down; what was written stays, and only time ends its year.
CREATE OR REPLACE FUNCTION feria_certificacion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    de_su_vida CONSTANT text[] := ARRAY['estado', 'motivo', 'terminada_en', 'termino', 'cierre_avisado_en'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.vence_en <= nucleo_ahora() OR NEW.fecha > (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date THEN
            RAISE EXCEPTION 'a certificate is of the year that runs' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.estado <> 'vigente' OR to_jsonb(NEW) - de_su_vida <> to_jsonb(OLD) - de_su_vida
        OR OLD.cierre_avisado_en IS NOT NULL AND NEW.cierre_avisado_en IS DISTINCT FROM OLD.cierre_avisado_en THEN
        RAISE EXCEPTION 'what was certified stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'terminada' AND OLD.vence_en > nucleo_ahora() THEN
        RAISE EXCEPTION 'its year has not ended' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
