-- Who answers for a bank's claim: the account that was paid; of a purchase that a card paid, once its orders gave back what
-- they held, the wallet of who paid.
ALTER TABLE pagos_disputa ADD COLUMN cuenta bigint;
UPDATE pagos_disputa d SET cuenta = i.destino FROM pagos_intento i WHERE i.id = d.intento_id;
ALTER TABLE pagos_disputa ALTER COLUMN cuenta SET NOT NULL;
CREATE INDEX ix_pagos_disputa_cuenta ON pagos_disputa (cuenta);
GRANT UPDATE (cuenta) ON pagos_disputa TO qhatu_aplicacion;

CREATE OR REPLACE FUNCTION pagos_disputa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.pasarela_id, OLD.intento_id, OLD.monto, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.pasarela_id, NEW.intento_id, NEW.monto, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se disputa no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.cuenta <> OLD.cuenta AND NOT (NEW.estado = 'perdida' AND EXISTS (
            SELECT FROM pagos_intento i
            JOIN pagos_cuenta a ON a.id = i.destino AND a.titular_tipo = 'asunto'
            JOIN pagos_cuenta p ON p.titular_id = i.persona_id AND p.titular_tipo = 'persona'
            WHERE i.id = NEW.intento_id AND a.id = OLD.cuenta AND p.id = NEW.cuenta)) THEN
        RAISE EXCEPTION 'de un reclamo responde la cuenta que cobró, o quien pagó' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION pagos_disputa_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cuenta IS DISTINCT FROM (SELECT destino FROM pagos_intento WHERE id = NEW.intento_id) THEN
        RAISE EXCEPTION 'de un reclamo responde la cuenta que cobró' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_disputa_nace BEFORE INSERT ON pagos_disputa FOR EACH ROW EXECUTE FUNCTION pagos_disputa_nace();

-- Whether a bank claims a payment by card and has not decided.
CREATE FUNCTION pagos_en_disputa(p_intento uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_disputa WHERE intento_id = p_intento AND estado = 'abierta')
$$;
