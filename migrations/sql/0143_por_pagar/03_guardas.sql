-- At the commit: what is paid of an order, charge by charge, is its total, and its discounts those of its lines; and its
-- money is held, with that commission, or it was not paid and there is none.
CREATE OR REPLACE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cual uuid;
    suma bigint;
BEGIN
    IF TG_TABLE_NAME = 'comercio_pedido' THEN cual := NEW.id; ELSE cual := NEW.pedido_id; END IF;
    SELECT sum(monto) INTO suma FROM comercio_pedido_cargo WHERE pedido_id = cual AND paga = 'comprador';
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p
            JOIN comercio_pedido_cargo c ON c.pedido_id = p.id AND c.clase = 'comision'
            LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
            WHERE p.id = cual AND p.total = suma AND CASE
              WHEN p.estado IN ('por_pagar', 'no_pagado') THEN k.pedido_id IS NULL
              ELSE k.monto = suma AND k.comision = c.monto
                   AND (k.pendiente_id IS NOT NULL
                        OR suma = (SELECT sum(m.monto) FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)) END)
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = cual GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', cual USING ERRCODE = 'check_violation';
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

-- At the commit: the postage that is held is the one that was charged, which its order can have; of one that was not
-- paid, nothing is held.
CREATE OR REPLACE FUNCTION comercio_exigir_porte() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_pedido p LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
        WHERE p.id = NEW.pedido_id
          AND CASE WHEN p.estado IN ('por_pagar', 'no_pagado') THEN
                  k.pedido_id IS NULL AND p.forma IN ('correo', 'reparto')
              ELSE k.porte = (SELECT coalesce(sum(c.monto), 0) FROM comercio_pedido_cargo c
                              WHERE c.pedido_id = k.pedido_id AND c.clase = 'porte' AND c.paga = 'comprador')
                  AND (k.porte = 0 OR p.forma IN ('correo', 'reparto')) END) THEN
        RAISE EXCEPTION 'el porte del pedido % no es el que se cobró', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

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
