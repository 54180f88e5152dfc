-- As 0147_recibir_y_pagar has it; but TG_ARGV is null where no column is excepted, and then nothing was refused.
CREATE OR REPLACE FUNCTION feria_escrito_una_vez() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR EXISTS (
        SELECT FROM jsonb_each(to_jsonb(OLD)) v
        WHERE v.value <> 'null' AND v.key <> ALL (coalesce(TG_ARGV, '{}')) AND v.value <> to_jsonb(NEW) -> v.key
    ) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_resguardo
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_depositario
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_llave
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_parte
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();

-- A process gets its key as it is published, from the holders that its entity has, before any bid.
CREATE FUNCTION feria_llave_al_publicar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.convocatoria_id IS NOT NULL THEN
        PERFORM 1 FROM feria_convocatoria c JOIN feria_resguardo r ON r.unidad_id = c.unidad_id
        WHERE c.id = NEW.convocatoria_id AND r.id = NEW.resguardo_id AND r.estado = 'vigente'
            AND c.estado = 'publicado' AND c.vence_en > nucleo_ahora()
            AND NOT EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a key is made when its process is published' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_llave_al_publicar BEFORE INSERT ON feria_llave
    FOR EACH ROW EXECUTE FUNCTION feria_llave_al_publicar();

-- Nobody gives a part of a key before the deadline, nor all that it takes in writing.
CREATE FUNCTION feria_parte_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llave record;
BEGIN
    SELECT l.convocatoria_id, r.umbral, c.estado, c.vence_en INTO llave
    FROM feria_llave l JOIN feria_resguardo r ON r.id = l.resguardo_id
        LEFT JOIN feria_convocatoria c ON c.id = l.convocatoria_id
    WHERE l.id = NEW.llave_id;
    IF llave.convocatoria_id IS NOT NULL AND (
        TG_OP = 'INSERT' AND NEW.entregada_en IS NOT NULL
        OR TG_OP = 'UPDATE' AND (llave.estado NOT IN ('recepcion_cerrada', 'apertura_impedida')
            OR llave.vence_en > nucleo_ahora())
        OR NEW.entregada IS NOT NULL AND llave.umbral <= 1 + (
            SELECT count(*) FROM feria_parte p
            WHERE p.llave_id = NEW.llave_id AND p.numero <> NEW.numero AND p.entregada IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'a part of a key is given after the deadline' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_parte_a_tiempo BEFORE INSERT OR UPDATE ON feria_parte
    FOR EACH ROW EXECUTE FUNCTION feria_parte_a_tiempo();
