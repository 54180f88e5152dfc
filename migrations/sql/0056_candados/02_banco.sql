-- What paid or returned a withdrawal is a movement that names it, or its batch, or that a person decided to be so.
CREATE FUNCTION pagos_banco_efecto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pagos_banco_movimiento m JOIN pagos_retiro r ON r.id = NEW.retiro_id
        WHERE m.id = NEW.movimiento_id AND m.moneda = 'BOB'
          AND m.sentido = CASE NEW.efecto WHEN 'pago' THEN 'DBIT' ELSE 'CRDT' END
          AND (m.estado = 'conciliado'
                   AND (m.retiro_id = r.id OR NEW.efecto = 'pago' AND m.lote_id = r.lote_id)
               OR EXISTS (SELECT FROM pagos_banco_decision d
                          WHERE (d.movimiento_id, d.retiro_id, d.accion) = (m.id, r.id, NEW.efecto)))) THEN
        RAISE EXCEPTION 'ese movimiento del banco no es de ese retiro' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_banco_efecto_guardia BEFORE INSERT ON pagos_banco_efecto
    FOR EACH ROW EXECUTE FUNCTION pagos_banco_efecto_guardia();

-- What waits is cleared by what the bank told afterwards: its return, or the transactions of its entry.
CREATE FUNCTION pagos_banco_aclarado_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pagos_banco_movimiento o
        WHERE o.compensa_id = NEW.id OR (o.entrada_id = NEW.entrada_id AND o.id <> NEW.id)) THEN
        RAISE EXCEPTION 'nada de lo que dijo el banco aclara ese movimiento' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pagos_banco_aclarado_guardia AFTER UPDATE ON pagos_banco_movimiento
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'aclarado' AND OLD.estado <> 'aclarado')
    EXECUTE FUNCTION pagos_banco_aclarado_guardia();
