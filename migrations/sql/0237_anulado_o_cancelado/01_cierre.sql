-- How a process ended without a decision: annulled, which is published again, or cancelled, which is not. Those of before
-- the two were told apart stay as they were told.
ALTER TABLE feria_convocatoria ADD COLUMN cierre VARCHAR(8);
ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
UPDATE feria_convocatoria SET cierre = 'antes' WHERE estado = 'cancelado';
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
ALTER TABLE feria_convocatoria
    ADD CONSTRAINT ck_feria_convocatoria_cierre CHECK (cierre IN ('anula', 'cancela', 'antes')),
    ADD CONSTRAINT ck_feria_convocatoria_cierre_dicho CHECK ((cierre IS NOT NULL) = (estado = 'cancelado'));

CREATE FUNCTION feria_cierre_firme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a process ends annulled or cancelled, once' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER feria_cierre_firme BEFORE UPDATE ON feria_convocatoria
    FOR EACH ROW WHEN (NEW.cierre IS DISTINCT FROM OLD.cierre AND (OLD.cierre IS NOT NULL OR NEW.cierre = 'antes'))
    EXECUTE FUNCTION feria_cierre_firme();

-- What was cancelled is not published again.
CREATE OR REPLACE FUNCTION feria_convocatoria_que_sigue() RETURNS trigger LANGUAGE plpgsql AS $$
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
        OR anterior.estado NOT IN ('resuelto', 'cancelado') OR anterior.cierre = 'cancela' THEN
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

CREATE OR REPLACE FUNCTION feria_vuelto_a_llamar_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM feria_convocatoria WHERE id = OLD.siguiente_id AND estado = 'borrador';
    ELSE
        PERFORM 1 FROM feria_convocatoria s
            JOIN feria_convocatoria c ON c.id = NEW.convocatoria_id
            JOIN feria_item i ON i.id = NEW.item_id
            WHERE s.id = NEW.siguiente_id AND s.estado = 'borrador' AND c.vence_en IS NOT NULL
            AND (c.estado = 'cancelado' AND c.cierre <> 'cancela' OR c.estado = 'resuelto' AND i.estado = 'desierto');
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what is called again is deserted or annulled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
