-- As 0182_depositarios has it; and while their group is prepared, who lost a key that they had rehearsed brings another.
DROP TRIGGER feria_escrito_una_vez ON feria_depositario;
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_depositario
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('publica', 'inscrito_en', 'perdida_en');
CREATE OR REPLACE FUNCTION feria_clave_propia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND r.estado = 'inscripcion'
            AND NEW.publica IS NULL AND NEW.perdida_en IS NULL;
    ELSIF (NEW.publica, NEW.inscrito_en) IS DISTINCT FROM (OLD.publica, OLD.inscrito_en) THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND NEW.publica IS NOT NULL
            AND NEW.perdida_en IS NULL
            AND (r.estado = 'inscripcion' OR r.estado = 'ensayo' AND OLD.publica IS NOT NULL)
            AND (OLD.perdida_en IS NOT NULL AND NEW.publica <> OLD.publica OR NOT EXISTS (
                SELECT FROM feria_llave l JOIN feria_parte p ON p.llave_id = l.id
                WHERE l.resguardo_id = r.id AND l.convocatoria_id IS NULL AND l.creada_en >= OLD.inscrito_en
                    AND p.numero = NEW.numero AND p.entregada_en IS NOT NULL));
    ELSIF OLD.perdida_en IS NOT NULL AND NEW.perdida_en IS DISTINCT FROM OLD.perdida_en THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
    ELSE
        RETURN NEW;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a key changes until it is rehearsed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0182_depositarios has it; and of nobody whose key is known to be lost.
CREATE OR REPLACE FUNCTION feria_resguardo_ensayado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cuantos int;
    con_clave int;
    ultima timestamptz;
BEGIN
    SELECT count(*), count(publica) FILTER (WHERE perdida_en IS NULL), max(inscrito_en) INTO cuantos, con_clave, ultima
    FROM feria_depositario WHERE resguardo_id = NEW.id;
    IF con_clave < cuantos OR cuantos < NEW.umbral OR NEW.estado = 'vigente' AND cuantos <> (
        SELECT count(p.entregada) FROM feria_parte p JOIN feria_llave l ON l.id = p.llave_id
        WHERE l.id = (
            SELECT id FROM feria_llave WHERE resguardo_id = NEW.id AND convocatoria_id IS NULL
                AND creada_en >= ultima
            ORDER BY creada_en DESC, id DESC LIMIT 1))
    THEN
        RAISE EXCEPTION 'a group is in force once all rehearsed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A group in force ends with a reason, or because another one takes its place.
CREATE FUNCTION feria_resguardo_termina() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(char_length(NEW.motivo_fin), 0) < 10 AND NOT EXISTS (
        SELECT FROM feria_resguardo r WHERE r.unidad_id = NEW.unidad_id AND r.vigente_desde = NEW.terminado_en
    ) THEN
        RAISE EXCEPTION 'a group in force ends with a reason' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_resguardo_termina AFTER UPDATE ON feria_resguardo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.estado = 'vigente' AND NEW.estado = 'terminado') EXECUTE FUNCTION feria_resguardo_termina();
