-- At the commit: what is paid of an order, charge by charge, is its total, and its discounts those of its lines; and its
-- money is held, with that commission and that postage, or it was not paid and there is none.
CREATE OR REPLACE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p
            JOIN (SELECT sum(c.monto) FILTER (WHERE c.paga = 'comprador') AS total,
                         sum(c.monto) FILTER (WHERE c.clase = 'comision') AS comision,
                         coalesce(sum(c.monto) FILTER (WHERE c.clase = 'porte' AND c.paga = 'comprador'), 0) AS porte
                  FROM comercio_pedido_cargo c WHERE c.pedido_id = NEW.id) s ON true
            LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
            WHERE p.id = NEW.id AND p.total = s.total AND s.comision IS NOT NULL
              AND (s.porte = 0 OR p.forma IN ('correo', 'reparto'))
              AND CASE WHEN p.estado IN ('por_pagar', 'no_pagado') THEN k.pedido_id IS NULL
                  ELSE k.monto = s.total AND k.comision = s.comision AND k.porte = s.porte
                       AND (k.pendiente_id IS NOT NULL
                            OR s.total = (SELECT sum(m.monto) FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)) END)
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = NEW.id GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_cargos_al_pagar AFTER UPDATE OF estado ON comercio_pedido
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.estado IN ('por_pagar', 'no_pagado') OR NEW.estado = 'no_pagado')
    EXECUTE FUNCTION comercio_exigir_cargos();

-- An order that waits for its money belongs to a purchase that says so, and goes where that goes.
CREATE FUNCTION comercio_exigir_por_pagar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT FROM comercio_pedido p LEFT JOIN comercio_compra_por_pagar c ON c.compra_id = p.compra_id
            WHERE p.compra_id = NEW.compra_id AND p.estado IS DISTINCT FROM CASE
                WHEN c.compra_id IS NULL OR c.pagada_en IS NOT NULL THEN
                    CASE WHEN p.estado IN ('por_pagar', 'no_pagado') THEN 'pagado' ELSE p.estado END
                WHEN c.estado = 'por_pagar' THEN 'por_pagar' ELSE 'no_pagado' END) THEN
        RAISE EXCEPTION 'los pedidos de la compra % no dicen lo que su pago', NEW.compra_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_por_pagar AFTER INSERT ON comercio_pedido
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'por_pagar')
    EXECUTE FUNCTION comercio_exigir_por_pagar();
CREATE CONSTRAINT TRIGGER comercio_exigir_por_pagar_al_pasar AFTER UPDATE OF estado ON comercio_pedido
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.estado IN ('por_pagar', 'no_pagado') OR NEW.estado = 'no_pagado')
    EXECUTE FUNCTION comercio_exigir_por_pagar();
CREATE CONSTRAINT TRIGGER comercio_exigir_por_pagar AFTER INSERT OR UPDATE OF estado ON comercio_compra_por_pagar
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_por_pagar();

-- At the commit: nothing is held of an order that was not paid.
CREATE FUNCTION comercio_custodia_de_pagado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_pedido p WHERE p.id = NEW.pedido_id AND p.estado IN ('por_pagar', 'no_pagado')) THEN
        RAISE EXCEPTION 'el pedido % no se pagó: nada suyo está en custodia', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_custodia_de_pagado AFTER INSERT ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_custodia_de_pagado();

-- A use comes back when all that it was used for was cancelled or not paid, whoever writes it: else who bought would
-- use it again.
CREATE OR REPLACE FUNCTION comercio_exigir_cupon_devuelto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce((
            SELECT bool_and(o.estado IN ('cancelado', 'no_pagado')) FROM comercio_cupon c
            JOIN comercio_pedido o ON o.vendedor_id = c.vendedor_id AND o.compra_id = NEW.compra_id
            WHERE c.id = NEW.cupon_id), false) THEN
        RAISE EXCEPTION 'el cupón de la compra % vuelve cuando se canceló todo lo que se compró con él', NEW.compra_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_cupon_uso_devuelto';
    END IF;
    RETURN NULL;
END $$;
