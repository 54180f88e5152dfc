-- Parts that were given are forgotten once their process was opened or cancelled: who keeps one more would open
-- what was withdrawn. What was said of them (who, when) stays.
ALTER TABLE feria_parte DISABLE TRIGGER USER;
UPDATE feria_parte p SET entregada = NULL
FROM feria_llave l JOIN feria_convocatoria c ON c.id = l.convocatoria_id
WHERE l.id = p.llave_id AND c.estado NOT IN ('publicado', 'suspendido', 'recepcion_cerrada', 'apertura_impedida');
ALTER TABLE feria_parte ENABLE TRIGGER USER;

DROP TRIGGER feria_escrito_una_vez ON feria_parte;
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_parte
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('entregada');

-- As 0173_sobres has it; and the words of a part change once: given, and then forgotten.
CREATE OR REPLACE FUNCTION feria_parte_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llave record;
    olvida boolean := TG_OP = 'UPDATE' AND OLD.entregada IS NOT NULL AND NEW.entregada IS NULL;
BEGIN
    SELECT l.convocatoria_id, r.umbral, c.estado, c.vence_en INTO llave
    FROM feria_llave l JOIN feria_resguardo r ON r.id = l.resguardo_id
        LEFT JOIN feria_convocatoria c ON c.id = l.convocatoria_id
    WHERE l.id = NEW.llave_id;
    IF TG_OP = 'UPDATE' AND OLD.entregada_en IS NOT NULL
        AND NEW.entregada IS DISTINCT FROM OLD.entregada AND NOT olvida
        OR olvida AND (llave.convocatoria_id IS NULL OR llave.estado NOT IN ('apertura', 'cancelado')) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF llave.convocatoria_id IS NOT NULL AND NOT olvida AND (
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
