-- At the commit, once for each order and no longer for each charge of it: the buyer's charges are the order's total, which
-- is what is held of it and what its account received (before accounts, what waited); the commission and the postage (which
-- its delivery can have) are those of its money; each line is charged and discounted as it was sold.
DROP TRIGGER comercio_exigir_cargos ON comercio_pedido_cargo;
DROP TRIGGER comercio_exigir_porte ON comercio_pedido_cargo;
DROP TRIGGER comercio_exigir_porte ON comercio_custodia;
DROP FUNCTION comercio_exigir_porte();
CREATE OR REPLACE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p
            JOIN comercio_custodia k ON k.pedido_id = p.id
            JOIN (SELECT sum(c.monto) FILTER (WHERE c.paga = 'comprador') AS total,
                         sum(c.monto) FILTER (WHERE c.clase = 'comision') AS comision,
                         sum(c.monto) FILTER (WHERE c.clase = 'porte' AND c.paga = 'comprador') AS porte
                  FROM comercio_pedido_cargo c WHERE c.pedido_id = NEW.id) s ON true
            WHERE p.id = NEW.id AND p.total = s.total AND k.monto = s.total AND k.comision = s.comision
              AND k.porte = coalesce(s.porte, 0) AND (k.porte = 0 OR p.forma IN ('correo', 'reparto'))
              AND (k.pendiente_id IS NOT NULL
                   OR s.total = (SELECT sum(m.monto) FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)))
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = NEW.id GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- What that looks at is charged before the money is held, which it has to be at the commit: once it is, nothing may be added
-- to it.
CREATE FUNCTION comercio_cargo_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tarde uuid;
BEGIN
    SELECT n.pedido_id INTO tarde FROM nuevos n
    JOIN comercio_custodia k ON k.pedido_id = n.pedido_id
    WHERE n.paga = 'comprador' OR n.clase = 'comision' LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total: su dinero ya está en custodia', tarde
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_cargo_a_tiempo AFTER INSERT ON comercio_pedido_cargo REFERENCING NEW TABLE AS nuevos
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_cargo_a_tiempo();
