-- A saved card: its page is closed earlier, never kept open; why it ends is written as it ends.
CREATE OR REPLACE FUNCTION pagos_tarjeta_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.vence_en > OLD.vence_en OR NEW.vence_en <> OLD.vence_en AND OLD.estado NOT IN ('creada', 'por_escribir') THEN
        RAISE EXCEPTION 'el plazo para escribir una tarjeta no se alarga' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = OLD.estado AND (NEW.motivo, NEW.terminado_en) IS DISTINCT FROM (OLD.motivo, OLD.terminado_en) THEN
        RAISE EXCEPTION 'por qué terminó una tarjeta no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What a card paid, and how that ended, is not rewritten afterwards.
CREATE FUNCTION pagos_intento_terminado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.motivo, OLD.pasarela_id, OLD.sesion_id, OLD.accion_url, OLD.recibido, OLD.recibido_moneda, OLD.enviado_en,
        OLD.terminado_en, OLD.transferencia_id)
       IS DISTINCT FROM
       (NEW.motivo, NEW.pasarela_id, NEW.sesion_id, NEW.accion_url, NEW.recibido, NEW.recibido_moneda, NEW.enviado_en,
        NEW.terminado_en, NEW.transferencia_id) THEN
        RAISE EXCEPTION 'un pago con tarjeta que terminó no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_intento_terminado BEFORE UPDATE ON pagos_intento
    FOR EACH ROW WHEN (OLD.estado IN ('pagado', 'observado')) EXECUTE FUNCTION pagos_intento_terminado();
