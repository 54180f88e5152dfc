-- The money of an order is whose it is, and what the ledger moved, whoever writes its row.
CREATE FUNCTION pagos_cuenta_es_de_unidad(p_cuenta bigint, p_unidad uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_cuenta c
                   WHERE c.id = p_cuenta AND c.titular_tipo = 'unidad' AND c.titular_id = p_unidad)
$$;

-- It is born whole, and to be paid to who sells.
CREATE FUNCTION comercio_custodia_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.devuelto, NEW.porte_devuelto, NEW.al_vendedor, NEW.comision_cobrada) <> (0, 0, 0, 0) OR NOT coalesce(
            (SELECT pagos_cuenta_es_de_unidad(NEW.cuenta_vendedor, p.vendedor_id)
             FROM comercio_pedido p WHERE p.id = NEW.pedido_id), false) THEN
        RAISE EXCEPTION 'el dinero de un pedido nace entero y para quien lo vende' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_nace BEFORE INSERT ON comercio_custodia
    FOR EACH ROW EXECUTE FUNCTION comercio_custodia_nace();

-- At the commit: what went back is what was noted of its lines and of its postage, what is cancelled of a line was given
-- back, and all that left is what the ledger says (of what waited elsewhere, before orders had accounts, it says nothing).
CREATE FUNCTION comercio_custodia_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    k comercio_custodia;
    v_devuelto bigint;
    v_al_vendedor bigint;
    v_comision bigint;
BEGIN
    SELECT * INTO k FROM comercio_custodia WHERE pedido_id = NEW.pedido_id;
    IF k.devuelto <> k.porte_devuelto
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_cancelacion WHERE pedido_id = k.pedido_id)
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_devolucion WHERE pedido_id = k.pedido_id) THEN
        RAISE EXCEPTION 'lo que volvió del pedido % no es lo que se anotó de sus líneas', k.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'comercio_pedido_cancelacion' AND EXISTS (
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
        IF (k.devuelto, k.al_vendedor, k.comision_cobrada) <> (v_devuelto, v_al_vendedor, v_comision) THEN
            RAISE EXCEPTION 'el dinero del pedido % no es lo que dice el libro', k.pedido_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_custodia_como_el_libro
    AFTER UPDATE OF devuelto, al_vendedor, comision_cobrada ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_custodia_como_el_libro();
CREATE CONSTRAINT TRIGGER comercio_cancelacion_como_el_libro AFTER INSERT ON comercio_pedido_cancelacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_custodia_como_el_libro();
CREATE CONSTRAINT TRIGGER comercio_devolucion_como_el_libro AFTER INSERT ON comercio_pedido_devolucion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_custodia_como_el_libro();

-- At the commit: what a claim says it gave back is what was noted with it.
CREATE FUNCTION comercio_exigir_devuelto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT devuelto FROM comercio_reclamo WHERE id = NEW.id)
       <> (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_devolucion WHERE causa = NEW.id)
        + (SELECT coalesce(sum(importe), 0) FROM comercio_porte_devuelto WHERE causa = NEW.id) THEN
        RAISE EXCEPTION 'lo que devolvió el reclamo % no es lo que se anotó', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_devuelto AFTER INSERT OR UPDATE OF devuelto ON comercio_reclamo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_devuelto();

-- At the commit: held by a dispute while there is one and no longer, for nothing but a claim ends that by time.
CREATE FUNCTION comercio_exigir_disputa() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    suyo text := (SELECT estado FROM comercio_custodia WHERE pedido_id = NEW.pedido_id);
    abierto boolean := EXISTS (
        SELECT FROM comercio_reclamo WHERE pedido_id = NEW.pedido_id AND vence_en IS NOT NULL);
BEGIN
    IF abierto AND suyo NOT IN ('congelada', 'devuelta') OR NOT abierto AND suyo = 'congelada' THEN
        RAISE EXCEPTION 'el dinero del pedido % y sus reclamos no dicen lo mismo', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_disputa AFTER UPDATE OF estado ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_disputa();
CREATE CONSTRAINT TRIGGER comercio_exigir_disputa AFTER INSERT OR UPDATE OF vence_en ON comercio_reclamo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_disputa();
