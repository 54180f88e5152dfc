-- What no program may do: rewrite a decision, decide out of turn, owe more than there is, or twice.
CREATE TRIGGER envios_reclamo_decision_inmutable BEFORE UPDATE OR DELETE ON envios_reclamo_decision
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER envios_indemnizacion_inmutable BEFORE UPDATE OR DELETE ON envios_indemnizacion
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER envios_reclamo_mensaje_inmutable BEFORE UPDATE OR DELETE ON envios_reclamo_mensaje
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

CREATE FUNCTION envios_reclamo_decision_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r envios_reclamo%ROWTYPE;
BEGIN
    SELECT * INTO STRICT r FROM envios_reclamo WHERE id = NEW.reclamo_id;
    IF NOT (CASE
        WHEN NEW.quien IN ('operador', 'silencio') THEN r.estado IN ('presentado', 'en_revision')
        WHEN NEW.quien = 'reclamante' THEN r.estado = 'rechazado'
        ELSE r.estado = 'ante_regulador'
    END) THEN
        RAISE EXCEPTION 'a % no le toca decidir un reclamo %', NEW.quien, r.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.contenido > least(r.pedido, r.tope_contenido) OR NEW.porte > r.tope_porte THEN
        RAISE EXCEPTION 'se decide más de lo que se puede pagar' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_reclamo_decision_guarda BEFORE INSERT ON envios_reclamo_decision
    FOR EACH ROW EXECUTE FUNCTION envios_reclamo_decision_guarda();

-- Among all the claims of an item its contents and its postage are paid once: its row is held meanwhile.
CREATE FUNCTION envios_indemnizacion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tope bigint;
    porte_pagado bigint;
    ya_contenido bigint;
    ya_porte bigint;
BEGIN
    PERFORM 1 FROM envios_envio WHERE id = NEW.envio_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM envios_reclamo_decision d JOIN envios_reclamo r ON r.id = d.reclamo_id
        WHERE d.id = NEW.decision_id AND d.sentido <> 'contra'
            AND d.contenido = NEW.contenido AND d.porte = NEW.porte
            AND r.beneficiario_parte_id = NEW.parte_id
            AND NOT (d.quien = 'operador' AND d.sentido = 'parte')
    ) THEN
        RAISE EXCEPTION 'lo que se debe no es lo que se decidió' USING ERRCODE = 'check_violation';
    END IF;
    SELECT max(tope_contenido), max(porte) INTO tope, porte_pagado
    FROM envios_reclamo WHERE envio_id = NEW.envio_id;
    SELECT coalesce(sum(contenido), 0), coalesce(sum(porte), 0) INTO ya_contenido, ya_porte
    FROM envios_indemnizacion WHERE envio_id = NEW.envio_id;
    IF ya_contenido + NEW.contenido > tope OR ya_porte + NEW.porte > porte_pagado THEN
        RAISE EXCEPTION 'ya se indemnizó este envío' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_indemnizacion_guarda BEFORE INSERT ON envios_indemnizacion
    FOR EACH ROW EXECUTE FUNCTION envios_indemnizacion_guarda();

CREATE FUNCTION envios_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.estado IN ('aceptado', 'resuelto', 'pagado'))
        <> EXISTS (SELECT FROM envios_indemnizacion WHERE reclamo_id = NEW.id) THEN
        RAISE EXCEPTION 'el reclamo % y lo que se debe por él no coinciden', NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_reclamo_guarda BEFORE UPDATE OF estado ON envios_reclamo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado) EXECUTE FUNCTION envios_reclamo_guarda();
