-- The soonest that a term counted in days may end if it begins now: they run from the next day to the end of the last one.
-- An hour is left to whoever counted it in this transaction.
CREATE FUNCTION nucleo_no_antes_de(p_codigo text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT nucleo_ahora() + make_interval(days => p.valor) - interval '1 hour'
    FROM nucleo_plazo p
    WHERE p.codigo = p_codigo AND p.unidad IN ('dias_calendario', 'dias_habiles')
      AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) >= p.vigente_desde
      AND (p.vigente_hasta IS NULL OR CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) < p.vigente_hasta)
$$;

-- When who bought said that what came is well: once, of what they received.
ALTER TABLE comercio_pedido ADD COLUMN conforme_en timestamptz;
CREATE FUNCTION comercio_pedido_conforme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.conforme_en IS NOT NULL OR NEW.estado <> 'entregado' OR NEW.modalidad <> 'envio'
       OR NEW.conforme_en NOT BETWEEN nucleo_ahora() - interval '1 hour' AND nucleo_ahora() THEN
        RAISE EXCEPTION 'de un pedido se da la conformidad una vez, cuando se recibió' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_conforme BEFORE UPDATE OF conforme_en ON comercio_pedido FOR EACH ROW
    WHEN (NEW.conforme_en IS DISTINCT FROM OLD.conforme_en) EXECUTE FUNCTION comercio_pedido_conforme();

-- What is paid to who sells has a date when it was received, by the term of the reputation that they had at the sale; sooner
-- only if who bought says that it is well, or accepted the service. It loses it while what was delivered was not.
CREATE FUNCTION comercio_custodia_fecha() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.liberar_en IS NOT NULL AND NOT EXISTS (
            SELECT FROM comercio_pedido p LEFT JOIN comercio_servicio s ON s.pedido_id = p.id
            WHERE p.id = NEW.pedido_id AND p.estado = 'entregado'
              AND NEW.liberar_en >= coalesce(
                  CASE WHEN s.estado = 'conforme' THEN s.terminado_en ELSE p.conforme_en END,
                  nucleo_no_antes_de(CASE p.reputacion WHEN 'buena' THEN 'comercio.liberacion_buena'
                      WHEN 'mala' THEN 'comercio.liberacion_mala' ELSE 'comercio.liberacion' END))) THEN
        RAISE EXCEPTION 'el dinero del pedido % no tiene esa fecha', NEW.pedido_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_fecha BEFORE UPDATE OF liberar_en ON comercio_custodia FOR EACH ROW
    WHEN (NEW.liberar_en IS DISTINCT FROM OLD.liberar_en) EXECUTE FUNCTION comercio_custodia_fecha();
CREATE TRIGGER comercio_custodia_sin_fecha BEFORE INSERT ON comercio_custodia FOR EACH ROW
    WHEN (NEW.liberar_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();

-- At the commit: what is held of an order that was received has a date.
CREATE FUNCTION comercio_exigir_fecha() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_custodia k JOIN comercio_pedido p ON p.id = k.pedido_id
               WHERE k.pedido_id = NEW.pedido_id AND p.estado = 'entregado' AND k.liberar_en IS NULL
                 AND k.estado IN ('retenida', 'congelada')) THEN
        RAISE EXCEPTION 'el dinero del pedido %, que se entregó, no tiene fecha', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_fecha AFTER UPDATE OF liberar_en ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.liberar_en IS NULL AND OLD.liberar_en IS NOT NULL)
    EXECUTE FUNCTION comercio_exigir_fecha();

-- A parcel is given up after its term, which begins when it leaves; of what was collected at the door, after the one to hand
-- over its money. It is from now on only when its shipment has no news, or what was delivered late was not delivered.
CREATE FUNCTION comercio_paquete_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.vence_en >= CASE
        WHEN NEW.despachado_en IS NULL THEN NULL
        WHEN OLD.vence_en IS NULL AND NEW.saldado THEN nucleo_ahora() - interval '1 hour'
        WHEN OLD.vence_en IS NULL THEN nucleo_no_antes_de(
            CASE NEW.forma WHEN 'correo' THEN 'comercio.sin_entrega' ELSE 'comercio.entrega_en_mano' END)
        WHEN NEW.estado = 'entregado' AND EXISTS (
            SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'por_cobrar')
            THEN nucleo_no_antes_de('comercio.sin_rendir')
        WHEN OLD.estado = 'entregado' AND NEW.estado = 'despachado'
            THEN nucleo_no_antes_de('comercio.sin_entrega') - (nucleo_ahora() - NEW.despachado_en)
        WHEN NEW.estado = 'despachado' AND envios_estado_de(NEW.envio_id) = 'sin_noticias'
            THEN nucleo_ahora() - interval '1 hour'
        END, false) THEN
        RAISE EXCEPTION 'el paquete % no vence entonces', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_paquete_plazo BEFORE UPDATE OF vence_en ON comercio_paquete FOR EACH ROW
    WHEN (NEW.vence_en IS DISTINCT FROM OLD.vence_en) EXECUTE FUNCTION comercio_paquete_plazo();
CREATE TRIGGER comercio_paquete_nace BEFORE INSERT ON comercio_paquete FOR EACH ROW
    WHEN (NEW.saldado OR num_nonnulls(NEW.vence_en, NEW.despachado_en, NEW.entregado_en) > 0)
    EXECUTE FUNCTION comercio_inmutable();

-- What a parcel held is settled when it ends; of one that was delivered, when whoever collected it handed nothing over.
CREATE FUNCTION comercio_paquete_salda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.estado = 'entregado' AND NEW.vence_en <= nucleo_ahora() AND EXISTS (
            SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'por_cobrar'), false) THEN
        RAISE EXCEPTION 'lo que hay en el paquete % es de su pedido', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_paquete_salda BEFORE UPDATE OF saldado ON comercio_paquete FOR EACH ROW
    WHEN (NEW.saldado AND NOT OLD.saldado AND NEW.estado NOT IN ('devuelto', 'anulado', 'perdido'))
    EXECUTE FUNCTION comercio_paquete_salda();

-- At the commit: what is settled of an order that is on its way was cancelled, and went back.
CREATE FUNCTION comercio_exigir_saldado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM comercio_pedido p JOIN comercio_pedido_linea l ON l.pedido_id = p.id
        WHERE p.id = NEW.pedido_id AND p.estado IN ('despachado', 'entregado')
          AND l.cantidad - (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id)
              > (SELECT coalesce(sum(s.cantidad), 0) FROM comercio_paquete_linea s
                 JOIN comercio_paquete q ON q.id = s.paquete_id WHERE s.linea_id = l.id AND NOT q.saldado)) THEN
        RAISE EXCEPTION 'lo que no llegó del pedido % no se canceló', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_saldado AFTER UPDATE OF saldado ON comercio_paquete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.saldado AND NOT OLD.saldado)
    EXECUTE FUNCTION comercio_exigir_saldado();

-- Who must speak in a claim has their whole term from when it is their turn; an exchange, that of any parcel from when it
-- leaves, and none when its shipment has no news.
CREATE FUNCTION comercio_reclamo_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.vence_en >= CASE
        WHEN TG_OP = 'INSERT' THEN nucleo_no_antes_de('comercio.responder_reclamo')
        WHEN NEW.estado <> OLD.estado THEN nucleo_no_antes_de(CASE NEW.estado WHEN 'en_mediacion' THEN 'comercio.mediar'
            WHEN 'en_cambio' THEN 'comercio.mandar_cambio' ELSE 'comercio.decidirse' END)
        WHEN NEW.estado = 'en_cambio' THEN CASE
            WHEN EXISTS (SELECT FROM comercio_cambio c WHERE c.reclamo_id = NEW.id AND c.estado = 'en_camino'
                         AND envios_estado_de(c.envio_id) = 'sin_noticias') THEN nucleo_ahora() - interval '1 hour'
            ELSE nucleo_no_antes_de('comercio.sin_entrega') END
        END, false) THEN
        RAISE EXCEPTION 'un reclamo no vence entonces' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_reclamo_plazo BEFORE INSERT ON comercio_reclamo FOR EACH ROW
    EXECUTE FUNCTION comercio_reclamo_plazo();
CREATE TRIGGER comercio_reclamo_plazo_corre BEFORE UPDATE OF vence_en ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.vence_en IS NOT NULL AND NEW.vence_en IS DISTINCT FROM OLD.vence_en)
    EXECUTE FUNCTION comercio_reclamo_plazo();

-- A service is done once, and who bought it has all of their term to say that it was not.
CREATE FUNCTION comercio_servicio_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.prestado_en IS NOT NULL OR NOT coalesce(
            NEW.conforme_hasta >= nucleo_no_antes_de('comercio.conformidad'), false) THEN
        RAISE EXCEPTION 'la conformidad de un servicio no vence entonces' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_servicio_plazo BEFORE UPDATE OF prestado_en, conforme_hasta ON comercio_servicio FOR EACH ROW
    WHEN ((NEW.prestado_en, NEW.conforme_hasta) IS DISTINCT FROM (OLD.prestado_en, OLD.conforme_hasta))
    EXECUTE FUNCTION comercio_servicio_plazo();
CREATE TRIGGER comercio_servicio_nace BEFORE INSERT ON comercio_servicio FOR EACH ROW
    WHEN (num_nonnulls(NEW.prestado_en, NEW.conforme_hasta, NEW.terminado_en) > 0) EXECUTE FUNCTION comercio_inmutable();
