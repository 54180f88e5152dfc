-- An order was received when all that is left of it was: in parcels that were delivered, or the service was accepted.
-- Who sells is paid for nothing else.
CREATE FUNCTION comercio_pedido_recibido() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (CASE NEW.modalidad WHEN 'servicio' THEN NOT EXISTS (
            SELECT FROM comercio_servicio WHERE pedido_id = NEW.id AND estado = 'conforme')
       ELSE (SELECT coalesce(bool_or(x.viva > x.entregada), true) FROM (
            SELECT l.cantidad - coalesce((SELECT sum(c.cantidad) FROM comercio_pedido_cancelacion c
                                          WHERE c.linea_id = l.id), 0) AS viva,
                   coalesce((SELECT sum(s.cantidad) FROM comercio_paquete_linea s
                             JOIN comercio_paquete q ON q.id = s.paquete_id
                             WHERE s.linea_id = l.id AND q.estado = 'entregado' AND NOT q.saldado), 0) AS entregada
            FROM comercio_pedido_linea l WHERE l.pedido_id = NEW.id) x WHERE x.viva > 0) END) THEN
        RAISE EXCEPTION 'un pedido se recibe cuando se entregó todo lo que queda de él'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_recibido BEFORE UPDATE OF estado ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado = 'entregado' AND OLD.estado <> 'entregado') EXECUTE FUNCTION comercio_pedido_recibido();

-- What goes by post was delivered when its shipment says so.
CREATE FUNCTION envios_estado_de(p_envio uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT estado FROM envios_envio WHERE id = p_envio
$$;
CREATE FUNCTION comercio_segun_su_envio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF envios_estado_de(NEW.envio_id) IS DISTINCT FROM 'entregado' THEN
        RAISE EXCEPTION 'lo que va por correo se entregó cuando lo dice su envío' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_paquete_segun_su_envio BEFORE UPDATE OF estado ON comercio_paquete FOR EACH ROW
    WHEN (NEW.estado = 'entregado' AND OLD.estado <> 'entregado' AND NEW.envio_id IS NOT NULL)
    EXECUTE FUNCTION comercio_segun_su_envio();
CREATE TRIGGER comercio_cambio_segun_su_envio BEFORE UPDATE OF estado ON comercio_cambio FOR EACH ROW
    WHEN (NEW.estado = 'entregado' AND OLD.estado <> 'entregado') EXECUTE FUNCTION comercio_segun_su_envio();

-- What was sold and what was packed is written then, and nothing is put in it later.
CREATE FUNCTION comercio_linea_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM nuevas n JOIN comercio_custodia k ON k.pedido_id = n.pedido_id) THEN
        RAISE EXCEPTION 'a un pedido vendido no se le agregan líneas' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_linea_a_tiempo AFTER INSERT ON comercio_pedido_linea REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_linea_a_tiempo();
CREATE FUNCTION comercio_paquete_linea_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM comercio_paquete WHERE id = NEW.paquete_id) IS DISTINCT FROM 'anunciado' THEN
        RAISE EXCEPTION 'a un paquete que salió no se le agrega nada' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_paquete_linea_a_tiempo BEFORE INSERT ON comercio_paquete_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_paquete_linea_a_tiempo();
