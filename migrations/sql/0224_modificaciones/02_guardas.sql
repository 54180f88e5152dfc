-- A modification is of an order in force, in its term to deliver, from what it is now; it is signed in its term, and
-- what it says is what the order becomes.
CREATE FUNCTION feria_modificacion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orden feria_orden_de_compra;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.estado = OLD.estado THEN
        RETURN NEW;
    END IF;
    SELECT * INTO orden FROM feria_orden_de_compra WHERE id = NEW.orden_id;
    IF NEW.estado IN ('propuesta', 'firmada') AND (
        orden.estado <> 'vigente' OR nucleo_ahora() > orden.entregar_hasta
        OR (NEW.total_antes, NEW.entregar_antes) IS DISTINCT FROM (orden.total, orden.entregar_hasta)) THEN
        RAISE EXCEPTION 'an order in its term is modified from what it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.estado = 'vencida') <> (nucleo_ahora() >= OLD.firmar_hasta) THEN
        RAISE EXCEPTION 'a modification is signed in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_modificacion_guarda BEFORE INSERT OR UPDATE ON feria_modificacion
    FOR EACH ROW EXECUTE FUNCTION feria_modificacion_guarda();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_modificacion
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');

-- Its lines are written with it, from what the order's are.
CREATE FUNCTION feria_modificacion_linea_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_modificacion m JOIN feria_orden_linea l ON l.id = NEW.linea_id
        WHERE m.id = NEW.modificacion_id AND m.estado = 'propuesta' AND l.cantidad = NEW.cantidad_antes
        AND abs(NEW.total - NEW.cantidad * l.precio_unitario * 100) <= 0.5;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a line is modified from what it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_modificacion_linea_guarda BEFORE INSERT ON feria_modificacion_linea
    FOR EACH ROW EXECUTE FUNCTION feria_modificacion_linea_guarda();
CREATE TRIGGER feria_modificacion_linea_firme BEFORE UPDATE OR DELETE ON feria_modificacion_linea
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- It says something, and its total is that of the order's lines as it leaves them, at the commit.
CREATE FUNCTION feria_modificacion_suma() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dicha feria_modificacion;
BEGIN
    SELECT * INTO dicha FROM feria_modificacion WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    IF dicha.dias = 0 AND NOT EXISTS (SELECT FROM feria_modificacion_linea WHERE modificacion_id = dicha.id)
        OR dicha.total <> (
            SELECT sum(coalesce(m.total, l.total)) FROM feria_orden_linea l
            LEFT JOIN feria_modificacion_linea m ON m.linea_id = l.id AND m.modificacion_id = dicha.id
            WHERE l.orden_id = dicha.orden_id) THEN
        RAISE EXCEPTION 'a modification is the sum of its lines' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_modificacion_suma AFTER INSERT ON feria_modificacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_modificacion_suma('id');
CREATE CONSTRAINT TRIGGER feria_modificacion_linea_suma AFTER INSERT ON feria_modificacion_linea
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_modificacion_suma('modificacion_id');

-- Signed by both, the order and its lines are what it says: the application may not write them.
CREATE FUNCTION feria_modificacion_rige() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE feria_orden_linea l SET cantidad = m.cantidad, total = m.total
        FROM feria_modificacion_linea m WHERE m.modificacion_id = NEW.id AND l.id = m.linea_id;
    UPDATE feria_orden_de_compra SET total = NEW.total, entregar_hasta = NEW.entregar_hasta, cortar_en = NEW.cortar_en
        WHERE id = NEW.orden_id;
    IF NEW.total <> (SELECT sum(total) FROM feria_orden_linea WHERE orden_id = NEW.orden_id) THEN
        RAISE EXCEPTION 'an order is the sum of its lines' USING ERRCODE = 'restrict_violation';
    END IF;
    IF feria_valor_recibido(NEW.orden_id) <> (SELECT recibido FROM feria_orden_de_compra WHERE id = NEW.orden_id) THEN
        RAISE EXCEPTION 'what was received is worth what it was' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_modificacion_rige() FROM PUBLIC;
CREATE TRIGGER feria_modificacion_rige AFTER UPDATE ON feria_modificacion FOR EACH ROW
    WHEN (OLD.estado = 'propuesta' AND NEW.estado = 'firmada') EXECUTE FUNCTION feria_modificacion_rige();

-- What an order was given for changes to what its last signed modification says, and to nothing else.
CREATE FUNCTION feria_orden_modificada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM feria_modificacion WHERE orden_id = NEW.id AND estado = 'firmada'
        AND numero = (SELECT max(numero) FROM feria_modificacion WHERE orden_id = NEW.id AND estado = 'firmada')
        AND (total, entregar_hasta, cortar_en) = (NEW.total, NEW.entregar_hasta, NEW.cortar_en)) THEN
        RAISE EXCEPTION 'an order changes by what both signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_orden_modificada BEFORE UPDATE ON feria_orden_de_compra FOR EACH ROW
    WHEN (NEW.total <> OLD.total OR OLD.entregar_hasta IS NOT NULL
        AND (NEW.entregar_hasta, NEW.cortar_en) IS DISTINCT FROM (OLD.entregar_hasta, OLD.cortar_en))
    EXECUTE FUNCTION feria_orden_modificada();
CREATE FUNCTION feria_orden_linea_modificada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cantidad IS DISTINCT FROM (
        SELECT m.cantidad FROM feria_modificacion_linea m JOIN feria_modificacion d ON d.id = m.modificacion_id
        WHERE m.linea_id = NEW.id AND d.estado = 'firmada' ORDER BY d.numero DESC LIMIT 1) THEN
        RAISE EXCEPTION 'an order changes by what both signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_orden_linea_modificada BEFORE UPDATE ON feria_orden_linea FOR EACH ROW
    WHEN (NEW.cantidad <> OLD.cantidad OR NEW.total <> OLD.total) EXECUTE FUNCTION feria_orden_linea_modificada();
CREATE OR REPLACE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_orden_de_compra
    FOR EACH ROW EXECUTE FUNCTION
    feria_escrito_una_vez('estado', 'recibido', 'multa', 'pagado', 'total', 'entregar_hasta', 'cortar_en');
CREATE OR REPLACE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_orden_linea
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('entregada', 'recibida', 'cantidad', 'total');

-- By how much the orders of a process are of more than was awarded: of a certificate of its entity's it takes that too.
CREATE FUNCTION feria_ordenado_de_mas(p_convocatoria uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(greatest(o.total - a.total, 0)), 0)::bigint FROM feria_orden_de_compra o
    CROSS JOIN LATERAL (
        SELECT sum(j.total) AS total FROM feria_orden_linea l JOIN feria_adjudicacion j ON j.id = l.adjudicacion_id
        WHERE l.orden_id = o.id) a
    WHERE o.convocatoria_id = p_convocatoria
$$;
