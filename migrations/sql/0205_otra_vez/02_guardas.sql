-- A draft follows a process of its own entity that had a call and ended without a contract for something, for ever; once
-- public, it asks for what is still so, by a later code of the same serial (or by none, without a call).
CREATE FUNCTION feria_convocatoria_que_sigue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    anterior feria_convocatoria;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.convocatoria_anterior_id IS DISTINCT FROM OLD.convocatoria_anterior_id THEN
        RAISE EXCEPTION 'a process follows the one that it follows' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.convocatoria_anterior_id IS NULL OR TG_OP = 'UPDATE' AND NOT (
        OLD.estado = 'borrador' AND NEW.estado <> 'borrador') THEN
        RETURN NEW;
    END IF;
    SELECT * INTO anterior FROM feria_convocatoria WHERE id = NEW.convocatoria_anterior_id FOR SHARE;
    IF anterior.unidad_id <> NEW.unidad_id OR anterior.vence_en IS NULL
        OR anterior.estado NOT IN ('resuelto', 'cancelado') THEN
        RAISE EXCEPTION 'a process follows one of its entity that ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM feria_vuelto_a_llamar WHERE siguiente_id = NEW.id)
        OR anterior.estado = 'resuelto' AND EXISTS (
            SELECT FROM feria_vuelto_a_llamar v JOIN feria_item i ON i.id = v.item_id
            WHERE v.siguiente_id = NEW.id AND i.estado <> 'desierto') THEN
        RAISE EXCEPTION 'what is called again is deserted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.cuce NOT LIKE '%-0-E' AND NOT (
        left(NEW.cuce, -length(substring(NEW.cuce FROM '-[0-9]+-[0-9]+$')))
            = left(anterior.cuce, -length(substring(anterior.cuce FROM '-[0-9]+-[0-9]+$')))
        AND (split_part(NEW.cuce, '-', 5)::int, split_part(NEW.cuce, '-', 6)::int)
            > (split_part(anterior.cuce, '-', 5)::int, split_part(anterior.cuce, '-', 6)::int)) THEN
        RAISE EXCEPTION 'its code follows in its serial' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_que_sigue BEFORE INSERT OR UPDATE ON feria_convocatoria
    FOR EACH ROW EXECUTE FUNCTION feria_convocatoria_que_sigue();

-- What is called again is deserted, or of a cancelled process; only a draft lets it go.
CREATE FUNCTION feria_vuelto_a_llamar_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM feria_convocatoria WHERE id = OLD.siguiente_id AND estado = 'borrador';
    ELSE
        PERFORM 1 FROM feria_convocatoria s
            JOIN feria_convocatoria c ON c.id = NEW.convocatoria_id
            JOIN feria_item i ON i.id = NEW.item_id
            WHERE s.id = NEW.siguiente_id AND s.estado = 'borrador' AND c.vence_en IS NOT NULL
            AND (c.estado = 'cancelado' OR c.estado = 'resuelto' AND i.estado = 'desierto');
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what is called again is deserted or cancelled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER feria_vuelto_a_llamar_guarda BEFORE INSERT OR DELETE ON feria_vuelto_a_llamar
    FOR EACH ROW EXECUTE FUNCTION feria_vuelto_a_llamar_guarda();
CREATE TRIGGER feria_vuelto_a_llamar_firme BEFORE UPDATE ON feria_vuelto_a_llamar
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- What is asked for again publicly is not decided again.
CREATE FUNCTION feria_item_vuelto_a_llamar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM feria_vuelto_a_llamar v JOIN feria_convocatoria s ON s.id = v.siguiente_id
        WHERE v.item_id = NEW.id AND s.estado <> 'borrador') THEN
        RAISE EXCEPTION 'what was called again stays as it was' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_item_vuelto_a_llamar BEFORE UPDATE ON feria_item
    FOR EACH ROW WHEN (NEW.estado IS DISTINCT FROM OLD.estado)
    EXECUTE FUNCTION feria_item_vuelto_a_llamar();
