-- Something is asked of an order that has not left, within its term; of what is paid at the door nothing is taken off.
CREATE FUNCTION comercio_acuerdo_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_pedido p
        LEFT JOIN comercio_pedido_linea l ON l.pedido_id = p.id AND l.id = NEW.linea_id
        WHERE p.id = NEW.pedido_id AND p.estado IN ('confirmado', 'pagado', 'en_preparacion')
          AND NEW.responder_hasta <= p.despachar_hasta
          AND CASE NEW.clase WHEN 'plazo' THEN NEW.despachar_hasta > p.despachar_hasta
              ELSE NEW.cantidad <= l.cantidad AND NOT EXISTS (
                  SELECT FROM comercio_custodia k WHERE k.pedido_id = p.id AND k.estado = 'por_cobrar') END
    ) THEN
        RAISE EXCEPTION 'del pedido % no se puede acordar eso', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_acuerdo_nace BEFORE INSERT ON comercio_acuerdo
    FOR EACH ROW EXECUTE FUNCTION comercio_acuerdo_nace();

-- How it ended stays.
CREATE TRIGGER comercio_acuerdo_terminado BEFORE UPDATE ON comercio_acuerdo
    FOR EACH ROW WHEN (OLD.estado <> 'propuesto') EXECUTE FUNCTION comercio_inmutable();
ALTER TABLE comercio_acuerdo
    ADD CONSTRAINT ck_comercio_acuerdo_cuando CHECK (
        terminado_en >= creado_en AND (estado <> 'vencido' OR terminado_en >= responder_hasta));

-- At the commit: what was granted is done; of a line, all that was agreed of it.
CREATE FUNCTION comercio_exigir_acuerdo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.clase = 'plazo' AND (SELECT p.despachar_hasta FROM comercio_pedido p WHERE p.id = NEW.pedido_id)
            < NEW.despachar_hasta
       OR NEW.clase = 'quitar' AND (
            SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = NEW.linea_id)
            < (SELECT sum(a.cantidad) FROM comercio_acuerdo a WHERE a.linea_id = NEW.linea_id AND a.estado = 'aceptado') THEN
        RAISE EXCEPTION 'lo que se acordó del pedido % no se hizo', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_acuerdo AFTER UPDATE OF estado ON comercio_acuerdo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'aceptado') EXECUTE FUNCTION comercio_exigir_acuerdo();

-- The term of who sells is set with the payment, by an appointment, or because both sides agreed on it.
CREATE FUNCTION comercio_pedido_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_servicio s WHERE s.pedido_id = NEW.id AND s.agenda_id IS NOT NULL)
       AND NOT EXISTS (SELECT FROM comercio_acuerdo a WHERE a.pedido_id = NEW.id AND a.clase = 'plazo'
                       AND a.estado = 'aceptado' AND a.despachar_hasta = NEW.despachar_hasta) THEN
        RAISE EXCEPTION 'nadie acordó otro plazo para el pedido %', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_plazo BEFORE UPDATE OF despachar_hasta ON comercio_pedido FOR EACH ROW
    WHEN (NEW.despachar_hasta <> OLD.despachar_hasta AND OLD.estado NOT IN ('por_pagar', 'no_pagado'))
    EXECUTE FUNCTION comercio_pedido_plazo();
