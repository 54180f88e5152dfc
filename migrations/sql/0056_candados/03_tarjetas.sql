-- A saved card pays for its holder alone, and only while it is saved: whoever takes it off meanwhile waits, or is first.
CREATE FUNCTION pagos_intento_metodo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_tarjeta pagos_tarjeta;
BEGIN
    SELECT * INTO v_tarjeta FROM pagos_tarjeta WHERE pasarela_id = NEW.metodo FOR SHARE;
    IF FOUND AND (v_tarjeta.persona_id, v_tarjeta.estado) IS DISTINCT FROM (NEW.persona_id, 'guardada') THEN
        RAISE EXCEPTION 'esa tarjeta guardada no paga por esa persona' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_intento_metodo BEFORE INSERT ON pagos_intento
    FOR EACH ROW WHEN (NEW.metodo IS NOT NULL) EXECUTE FUNCTION pagos_intento_metodo();
