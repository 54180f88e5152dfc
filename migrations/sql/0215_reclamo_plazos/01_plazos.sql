-- As 0183_razones has it; and who gets their turn has their whole term, not what is left of another's.
CREATE OR REPLACE TRIGGER comercio_reclamo_plazo_corre BEFORE UPDATE OF estado, vence_en ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.vence_en IS NOT NULL AND (NEW.vence_en, NEW.estado) IS DISTINCT FROM (OLD.vence_en, OLD.estado))
    EXECUTE FUNCTION comercio_reclamo_plazo();
