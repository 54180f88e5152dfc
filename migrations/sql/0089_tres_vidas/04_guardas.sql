-- What no program may do: pay what was not delivered, before its date or twice; end an order before its money; cancel
-- or send more than was ordered.
CREATE TRIGGER comercio_paquete_linea_inmutable BEFORE UPDATE OR DELETE ON comercio_paquete_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pedido_cancelacion_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_cancelacion
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_custodia_venta_inmutable
    BEFORE UPDATE OF pedido_id, monto, comision, cuenta_comprador, cuenta_vendedor, pendiente_id, creada_en
    ON comercio_custodia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

CREATE FUNCTION comercio_custodia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.devuelto < OLD.devuelto OR NEW.al_vendedor < OLD.al_vendedor THEN
        RAISE EXCEPTION 'lo que salió de la custodia de un pedido no vuelve' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'liberada' AND OLD.estado <> 'liberada' THEN
        IF OLD.liberar_en > nucleo_ahora() THEN
            RAISE EXCEPTION 'un pedido no se paga antes de su fecha' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM comercio_pedido WHERE id = NEW.pedido_id AND estado = 'entregado') THEN
            RAISE EXCEPTION 'un pedido que no se entregó no se paga' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_guarda BEFORE UPDATE ON comercio_custodia
    FOR EACH ROW EXECUTE FUNCTION comercio_custodia_guarda();

CREATE FUNCTION comercio_pedido_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia
        WHERE pedido_id = NEW.id AND (estado = 'devuelta' OR estado = 'liberada' AND NEW.estado = 'concluido')
    ) THEN
        RAISE EXCEPTION 'un pedido no termina antes que su dinero' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_guarda BEFORE UPDATE OF estado ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NEW.estado IN ('concluido', 'cancelado'))
    EXECUTE FUNCTION comercio_pedido_guarda();

-- The order's row is held, so that two at once are judged one after the other.
CREATE FUNCTION comercio_linea_alcanza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF (SELECT l.cantidad FROM comercio_pedido_linea l WHERE l.id = NEW.linea_id)
       < (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = NEW.linea_id)
       + (SELECT coalesce(sum(pl.cantidad), 0) FROM comercio_paquete_linea pl
          JOIN comercio_paquete q ON q.id = pl.paquete_id
          WHERE pl.linea_id = NEW.linea_id AND q.estado IN ('anunciado', 'despachado', 'entregado')) THEN
        RAISE EXCEPTION 'de esa línea se cancela y se envía más de lo que se pidió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_linea_alcanza';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_linea_alcanza AFTER INSERT ON comercio_paquete_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_linea_alcanza();
CREATE TRIGGER comercio_linea_alcanza AFTER INSERT ON comercio_pedido_cancelacion
    FOR EACH ROW EXECUTE FUNCTION comercio_linea_alcanza();
