-- It is committed by the entity that buys, which pays from an account of its own.
CREATE FUNCTION registro_parte_es_unidad(p_parte uuid, p_unidad uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM registro_parte a WHERE a.id = p_parte AND a.unidad_id = p_unidad)
$$;
CREATE FUNCTION comercio_compromiso_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id
            WHERE p.id = NEW.pedido_id AND k.garantia = 'compromiso'
              AND registro_parte_es_unidad(p.comprador_parte_id, NEW.entidad_id)
              AND pagos_cuenta_es_de_unidad(k.cuenta_comprador, NEW.entidad_id)) THEN
        RAISE EXCEPTION 'lo que se compromete en un pedido es de la entidad que compra' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_compromiso_nace BEFORE INSERT ON comercio_compromiso
    FOR EACH ROW EXECUTE FUNCTION comercio_compromiso_nace();

-- At the commit: what is held of an order and what was committed for it say the same.
CREATE FUNCTION comercio_exigir_compromiso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT FROM comercio_custodia k LEFT JOIN comercio_compromiso c ON c.pedido_id = k.pedido_id
            WHERE k.pedido_id = NEW.pedido_id AND NOT CASE k.garantia
                WHEN 'compromiso' THEN c.pedido_id IS NOT NULL AND CASE c.estado
                    WHEN 'vigente' THEN k.estado IN ('retenida', 'por_liberar', 'congelada')
                    WHEN 'liberado' THEN k.estado = 'devuelta'
                    WHEN 'pagado' THEN k.estado IN ('liberada', 'ejecutada')
                    ELSE k.estado = 'ejecutada' END
                ELSE c.pedido_id IS NULL END) THEN
        RAISE EXCEPTION 'lo que se guarda del pedido % y su compromiso no dicen lo mismo', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_compromiso AFTER INSERT ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.garantia = 'compromiso')
    EXECUTE FUNCTION comercio_exigir_compromiso();
CREATE CONSTRAINT TRIGGER comercio_exigir_compromiso_al_pasar AFTER UPDATE OF estado ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.garantia = 'compromiso')
    EXECUTE FUNCTION comercio_exigir_compromiso();
CREATE CONSTRAINT TRIGGER comercio_exigir_compromiso AFTER INSERT OR UPDATE OF estado ON comercio_compromiso
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_compromiso();

-- It is born whole, and to be paid to who sells.
CREATE OR REPLACE FUNCTION comercio_custodia_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.devuelto, NEW.porte_devuelto, NEW.al_vendedor, NEW.comision_cobrada, NEW.ejecutado) <> (0, 0, 0, 0, 0)
       OR NOT coalesce(
            (SELECT pagos_cuenta_es_de_unidad(NEW.cuenta_vendedor, p.vendedor_id)
             FROM comercio_pedido p WHERE p.id = NEW.pedido_id), false) THEN
        RAISE EXCEPTION 'el dinero de un pedido nace entero y para quien lo vende' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- What no program may do with it: pay what was not delivered, or before its date; also what is paid outside.
CREATE OR REPLACE FUNCTION comercio_custodia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.devuelto < OLD.devuelto OR NEW.al_vendedor < OLD.al_vendedor OR NEW.ejecutado < OLD.ejecutado THEN
        RAISE EXCEPTION 'lo que salió de la custodia de un pedido no vuelve' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado IN ('liberada', 'ejecutada') AND OLD.estado <> NEW.estado THEN
        IF OLD.liberar_en > nucleo_ahora() THEN
            RAISE EXCEPTION 'un pedido no se paga antes de su fecha' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM comercio_pedido WHERE id = NEW.pedido_id AND estado = 'entregado') THEN
            RAISE EXCEPTION 'un pedido que no se entregó no se paga' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION comercio_pedido_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia
        WHERE pedido_id = NEW.id
          AND (estado = 'devuelta' OR estado IN ('liberada', 'ejecutada') AND NEW.estado = 'concluido'
               OR estado = 'no_cobrada' AND NEW.estado = 'cancelado')
    ) THEN
        RAISE EXCEPTION 'un pedido no termina antes que su dinero' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- At the commit: what went back is what was noted of its lines and of its postage, what is cancelled of a line was given
-- back if it was paid, and all that left is what the ledger says (of what waited elsewhere, before orders had accounts, it
-- says nothing). What was committed leaves in the currency of budgets: given back (123) or executed (122); and money, only
-- in the chain that paid it.
CREATE OR REPLACE FUNCTION comercio_custodia_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    k comercio_custodia;
    v_devuelto bigint;
    v_al_vendedor bigint;
    v_comision bigint;
    v_ejecutado bigint := 0;
BEGIN
    SELECT * INTO k FROM comercio_custodia WHERE pedido_id = NEW.pedido_id;
    IF k.devuelto <> k.porte_devuelto
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_cancelacion WHERE pedido_id = k.pedido_id)
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_devolucion WHERE pedido_id = k.pedido_id) THEN
        RAISE EXCEPTION 'lo que volvió del pedido % no es lo que se anotó de sus líneas', k.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'comercio_pedido_cancelacion' AND k.estado <> 'no_cobrada' AND EXISTS (
        SELECT FROM comercio_pedido_linea l
        WHERE l.pedido_id = k.pedido_id
          AND round((l.importe - l.descuento) * (SELECT sum(c.cantidad) FROM comercio_pedido_cancelacion c
                                                 WHERE c.linea_id = l.id) / l.cantidad)
            > (SELECT sum(c.importe) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id)
            + (SELECT coalesce(sum(d.importe), 0) FROM comercio_pedido_devolucion d WHERE d.linea_id = l.id)) THEN
        RAISE EXCEPTION 'de una línea del pedido % se canceló más de lo que se devolvió', k.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'comercio_custodia' AND (k.pendiente_id IS NULL OR k.mudada_en IS NOT NULL) THEN
        SELECT coalesce(sum(m.monto) FILTER (WHERE m.codigo = 100 AND m.contraparte = k.cuenta_comprador), 0),
               coalesce(sum(m.monto) FILTER (WHERE m.codigo = 111 AND m.contraparte = k.cuenta_vendedor), 0),
               coalesce(sum(m.monto) FILTER (WHERE m.codigo = 101), 0)
        INTO v_devuelto, v_al_vendedor, v_comision FROM pagos_de_asunto('pedido', k.pedido_id) m WHERE NOT m.entra;
        IF k.garantia = 'compromiso' THEN
            SELECT coalesce(sum(m.monto) FILTER (WHERE m.codigo = 123), 0),
                   coalesce(sum(m.monto) FILTER (WHERE m.codigo = 122), 0)
            INTO v_devuelto, v_ejecutado FROM pagos_de_asunto('pedido_comprometido', k.pedido_id) m WHERE NOT m.entra;
        END IF;
        IF (k.devuelto, k.al_vendedor, k.comision_cobrada, k.ejecutado)
           <> (v_devuelto, v_al_vendedor, v_comision, v_ejecutado) THEN
            RAISE EXCEPTION 'el dinero del pedido % no es lo que dice el libro', k.pedido_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER comercio_custodia_como_el_libro ON comercio_custodia;
CREATE CONSTRAINT TRIGGER comercio_custodia_como_el_libro
    AFTER UPDATE OF devuelto, al_vendedor, comision_cobrada, ejecutado ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_custodia_como_el_libro();

-- At the commit: what is paid of an order, charge by charge, is its total, and its discounts those of its lines; and its
-- money is held, or its budget committed, with that commission and that postage, or it is to be paid at the door, or it was
-- not paid and there is none.
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
                       AND CASE p.estado WHEN 'confirmado' THEN k.contra_entrega OR k.garantia = 'compromiso'
                           WHEN 'pagado' THEN NOT k.contra_entrega AND k.garantia = 'dinero' ELSE true END
                       AND (k.pendiente_id IS NOT NULL OR k.estado IN ('por_cobrar', 'no_cobrada')
                            OR s.total = (SELECT sum(m.monto) FROM pagos_de_asunto(
                                CASE k.garantia WHEN 'compromiso' THEN 'pedido_comprometido' ELSE 'pedido' END,
                                p.id) m WHERE m.entra)) END)
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = NEW.id GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
