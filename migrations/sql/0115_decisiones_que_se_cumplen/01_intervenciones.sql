-- A decision ends by who resolves its appeal; by time alone it is final when nobody appealed, and lifted when
-- nobody resolved. Its term is not moved: an appeal has one of its own, which is still to come.
CREATE FUNCTION comercio_intervencion_a_su_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (CASE
        WHEN NEW.estado = OLD.estado THEN NEW.vence_en IS DISTINCT FROM OLD.vence_en
        WHEN NEW.estado = 'apelada' THEN NEW.vence_en <= nucleo_ahora()
        WHEN NEW.resolvio_id IS NOT NULL THEN OLD.estado <> 'apelada'
        WHEN NEW.estado = 'levantada' THEN OLD.estado <> 'apelada' OR OLD.vence_en > nucleo_ahora()
        ELSE OLD.estado <> 'vigente' OR OLD.vence_en > nucleo_ahora()
    END) THEN
        RAISE EXCEPTION 'una decisión termina por quien resuelve su apelación o al cumplirse su plazo'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_intervencion_a_su_tiempo BEFORE UPDATE OF estado, vence_en ON comercio_intervencion
    FOR EACH ROW EXECUTE FUNCTION comercio_intervencion_a_su_tiempo();

-- Printed by the declarations (estados.py).
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_intervencion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('apelada', 'firme')
        WHEN 'apelada' THEN NEW.estado IN ('firme', 'levantada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
