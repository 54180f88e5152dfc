-- No more comes back to a shelf for an order than left it for that order (of what left before movements were written,
-- nothing is known). The stock row is held, so that two at once are judged one after the other.
CREATE INDEX ix_comercio_movimiento_de_existencia_referencia ON comercio_movimiento_de_existencia
    (referencia_id, existencia_id) WHERE referencia_id IS NOT NULL;
CREATE FUNCTION comercio_movimiento_salio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_existencia WHERE id = NEW.existencia_id FOR NO KEY UPDATE;
    IF (SELECT sum(m.cantidad) > 0 AND bool_or(m.motivo = 'venta') FROM comercio_movimiento_de_existencia m
        WHERE m.referencia_id = NEW.referencia_id AND m.existencia_id = NEW.existencia_id) THEN
        RAISE EXCEPTION 'de un pedido no vuelve más de lo que salió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_movimiento_salio';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_movimiento_salio AFTER INSERT ON comercio_movimiento_de_existencia FOR EACH ROW
    WHEN (NEW.motivo = 'devolucion') EXECUTE FUNCTION comercio_movimiento_salio();

-- At the commit: what a coupon took off a purchase is what was charged less by it.
CREATE FUNCTION comercio_exigir_lo_descontado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.descuento IS DISTINCT FROM (
            SELECT -sum(g.monto) FROM comercio_pedido o JOIN comercio_pedido_cargo g ON g.pedido_id = o.id
            WHERE o.compra_id = NEW.compra_id AND g.cupon_id = NEW.cupon_id) THEN
        RAISE EXCEPTION 'el cupón de la compra % no descontó lo que dicen sus cargos', NEW.compra_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_lo_descontado AFTER INSERT ON comercio_cupon_uso
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_lo_descontado();

-- Whether a party is a citizen, and another one than this (for a unit, who may act is the application's to see).
CREATE FUNCTION registro_parte_es_de_otra(p_parte uuid, p_persona uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT persona_id IS NOT NULL AND persona_id IS DISTINCT FROM p_persona FROM registro_parte WHERE id = p_parte
$$;

-- What who bought writes, to who sold or for everybody, is theirs.
CREATE FUNCTION comercio_mensaje_suyo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_parte_es_de_otra((SELECT comprador_parte_id FROM comercio_pedido WHERE id = NEW.pedido_id),
                                 NEW.persona_id) THEN
        RAISE EXCEPTION 'por quien compró escribe quien compró' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_mensaje_suyo AFTER INSERT ON comercio_mensaje FOR EACH ROW
    WHEN (NEW.lado = 'comprador') EXECUTE FUNCTION comercio_mensaje_suyo();
CREATE FUNCTION comercio_opinion_suya() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_parte_es_de_otra((SELECT p.comprador_parte_id FROM comercio_opinion o
                                  JOIN comercio_pedido p ON p.id = o.pedido_id WHERE o.id = NEW.opinion_id),
                                 NEW.persona_id) THEN
        RAISE EXCEPTION 'opina quien compró' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_opinion_suya AFTER INSERT ON comercio_opinion_version FOR EACH ROW
    EXECUTE FUNCTION comercio_opinion_suya();
