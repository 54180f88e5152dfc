CREATE FUNCTION pagos_disputa_respuesta_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_disputa pagos_disputa;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO STRICT v_disputa FROM pagos_disputa WHERE id = NEW.disputa_id FOR UPDATE;
        IF v_disputa.estado <> 'abierta' OR v_disputa.responder_hasta <= nucleo_ahora() THEN
            RAISE EXCEPTION 'una disputa se responde mientras el banco recibe pruebas'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF (OLD.id, OLD.disputa_id, OLD.explicacion, OLD.producto, OLD.fecha, OLD.guia, OLD.persona_id,
           OLD.unidad_id, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.disputa_id, NEW.explicacion, NEW.producto, NEW.fecha, NEW.guia, NEW.persona_id,
        NEW.unidad_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se respondió al banco no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_disputa_respuesta_guardia BEFORE INSERT OR UPDATE ON pagos_disputa_respuesta
    FOR EACH ROW EXECUTE FUNCTION pagos_disputa_respuesta_guardia();

CREATE FUNCTION pagos_tarjeta_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.persona_id, OLD.consentimiento, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.persona_id, NEW.consentimiento, NEW.creado_en) THEN
        RAISE EXCEPTION 'de quién es una tarjeta no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.pasarela_id IS NOT NULL
       AND (OLD.pasarela_id, OLD.cliente, OLD.huella, OLD.marca, OLD.ultimos, OLD.caduca)
       IS DISTINCT FROM (NEW.pasarela_id, NEW.cliente, NEW.huella, NEW.marca, NEW.ultimos, NEW.caduca) THEN
        RAISE EXCEPTION 'una tarjeta guardada no se vuelve otra' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_tarjeta_guardia BEFORE UPDATE ON pagos_tarjeta
    FOR EACH ROW EXECUTE FUNCTION pagos_tarjeta_guardia();

-- A payment that its cardholder claims is not refunded while the bank decides.
CREATE OR REPLACE FUNCTION pagos_reembolso_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_intento pagos_intento;
    v_otros BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The row lock makes two refunds of one payment wait for each other.
        SELECT * INTO STRICT v_intento FROM pagos_intento WHERE id = NEW.intento_id FOR UPDATE;
        SELECT coalesce(sum(monto), 0) INTO v_otros FROM pagos_reembolso
        WHERE intento_id = NEW.intento_id AND estado NOT IN ('fallido', 'revertido');
        IF v_intento.estado NOT IN ('pagado', 'observado')
           OR v_otros + NEW.monto > v_intento.recibido THEN
            RAISE EXCEPTION 'un reembolso no supera lo pagado' USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS (SELECT FROM pagos_disputa WHERE intento_id = NEW.intento_id AND estado = 'abierta') THEN
            RAISE EXCEPTION 'un pago en disputa no se reembolsa' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.intento_id, OLD.monto, OLD.persona_id, OLD.reserva_id, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.intento_id, NEW.monto, NEW.persona_id, NEW.reserva_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se pidió reembolsar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
