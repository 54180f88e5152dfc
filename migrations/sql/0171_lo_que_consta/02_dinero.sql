-- At the commit: what was not collected at the door is of an order that ended.
CREATE FUNCTION comercio_exigir_no_cobrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_pedido p WHERE p.id = NEW.pedido_id AND p.estado = 'cancelado') THEN
        RAISE EXCEPTION 'el pedido % no terminó y todavía se cobra', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_no_cobrada AFTER UPDATE OF estado ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'no_cobrada')
    EXECUTE FUNCTION comercio_exigir_no_cobrada();

-- At the commit: what was collected by a delivery that stands is owed by somebody.
CREATE FUNCTION envios_exigir_deuda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM envios_envio e WHERE e.id = NEW.envio_id AND e.estado = 'entregado')
       AND NOT EXISTS (SELECT FROM envios_deuda d WHERE d.envio_id = NEW.envio_id AND d.clase = 'contra_entrega'
                       AND d.estado <> 'cancelada') THEN
        RAISE EXCEPTION 'el envío % se entregó cobrando y nadie lo debe', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER envios_exigir_deuda AFTER UPDATE OF estado ON envios_deuda
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'cancelada' AND NEW.clase = 'contra_entrega')
    EXECUTE FUNCTION envios_exigir_deuda();

-- At the commit: a purchase is closed when all of its orders ended: what comes back of one has where to go.
CREATE FUNCTION comercio_exigir_cerrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_pedido p WHERE p.compra_id = NEW.compra_id
               AND p.estado NOT IN ('concluido', 'cancelado', 'no_pagado')) THEN
        RAISE EXCEPTION 'la compra % tiene pedidos que no terminaron', NEW.compra_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_cerrada AFTER UPDATE OF estado ON comercio_compra_por_pagar
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'cerrada') EXECUTE FUNCTION comercio_exigir_cerrada();
