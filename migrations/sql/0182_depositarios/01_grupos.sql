-- A group may end by a reason, a holder may say that they lost their secret, and until they rehearse, bring another key.
ALTER TABLE feria_resguardo
    ADD COLUMN motivo_fin TEXT,
    ADD CONSTRAINT ck_feria_resguardo_motivo_fin CHECK (motivo_fin IS NULL OR estado = 'terminado');
GRANT UPDATE (motivo_fin) ON feria_resguardo TO qhatu_aplicacion;
ALTER TABLE feria_depositario
    ADD COLUMN perdida_en TIMESTAMPTZ,
    ADD CONSTRAINT ck_feria_depositario_perdida_en CHECK (perdida_en IS NULL OR publica IS NOT NULL);
GRANT UPDATE (perdida_en) ON feria_depositario TO qhatu_aplicacion;

DROP TRIGGER feria_escrito_una_vez ON feria_depositario;
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_depositario
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('publica', 'inscrito_en');

-- Who is in a group is known from its beginning; a key is brought then, and another until it opened its part.
CREATE FUNCTION feria_clave_propia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND r.estado = 'inscripcion'
            AND NEW.publica IS NULL AND NEW.perdida_en IS NULL;
    ELSIF (NEW.publica, NEW.inscrito_en) IS DISTINCT FROM (OLD.publica, OLD.inscrito_en) THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND NEW.publica IS NOT NULL
            AND (r.estado = 'inscripcion' OR r.estado = 'ensayo' AND OLD.publica IS NOT NULL)
            AND NOT EXISTS (
                SELECT FROM feria_llave l JOIN feria_parte p ON p.llave_id = l.id
                WHERE l.resguardo_id = r.id AND l.convocatoria_id IS NULL AND l.creada_en >= OLD.inscrito_en
                    AND p.numero = NEW.numero AND p.entregada_en IS NOT NULL);
    ELSE
        RETURN NEW;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a key changes until it is rehearsed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_clave_propia BEFORE INSERT OR UPDATE ON feria_depositario
    FOR EACH ROW EXECUTE FUNCTION feria_clave_propia();

-- A group rehearses with the keys of all, and holds those of processes when each opened their part.
CREATE FUNCTION feria_resguardo_ensayado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cuantos int;
    con_clave int;
    ultima timestamptz;
BEGIN
    SELECT count(*), count(publica), max(inscrito_en) INTO cuantos, con_clave, ultima
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
CREATE TRIGGER feria_resguardo_ensayado BEFORE UPDATE ON feria_resguardo FOR EACH ROW
    WHEN (NEW.estado IN ('ensayo', 'vigente') AND NEW.estado <> OLD.estado)
    EXECUTE FUNCTION feria_resguardo_ensayado();
