-- Whether a claim that is open is on that payment; whether an answer is to that claim.
CREATE FUNCTION pagos_reclama(p_disputa uuid, p_intento uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_disputa WHERE id = p_disputa AND intento_id = p_intento AND estado = 'abierta')
$$;
CREATE FUNCTION pagos_responde(p_respuesta uuid, p_disputa uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_disputa_respuesta WHERE id = p_respuesta AND disputa_id = p_disputa)
$$;

-- What is said is of a claim on that very purchase, and went in an answer to it.
CREATE OR REPLACE FUNCTION comercio_prueba_al_banco_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pagos_reclama(NEW.disputa_id, (SELECT compra_id FROM comercio_pedido WHERE id = NEW.pedido_id)) THEN
        RAISE EXCEPTION 'ningún banco reclama el pedido %', NEW.pedido_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION comercio_prueba_al_banco_va() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pagos_responde(NEW.respuesta_id, NEW.disputa_id) THEN
        RAISE EXCEPTION 'esa respuesta es de otro reclamo' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_prueba_al_banco_va BEFORE UPDATE OF respuesta_id ON comercio_prueba_al_banco
    FOR EACH ROW WHEN (NEW.respuesta_id IS NOT NULL) EXECUTE FUNCTION comercio_prueba_al_banco_va();
