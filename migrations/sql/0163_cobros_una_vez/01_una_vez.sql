-- Which account a transfer was credited to; of what the ledger does not know, none.
CREATE FUNCTION pagos_acreditada(p_id uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT credito FROM pagos_transferencia WHERE id = p_id
$$;

-- The custody of an order that a payment of what was collected at its door entered: of each order, one.
ALTER TABLE envios_deuda_pago ADD COLUMN custodia bigint,
    ADD CONSTRAINT fk_envios_deuda_pago_custodia FOREIGN KEY (custodia) REFERENCES pagos_cuenta (id);
ALTER TABLE envios_deuda_pago DISABLE TRIGGER inmutable;
UPDATE envios_deuda_pago g SET custodia = c.cuenta
FROM envios_deuda d JOIN envios_cobro c ON c.envio_id = d.envio_id
WHERE d.id = g.deuda_id AND c.cuenta = pagos_acreditada(g.id);
ALTER TABLE envios_deuda_pago ENABLE TRIGGER inmutable;
CREATE UNIQUE INDEX uq_envios_deuda_pago_custodia ON envios_deuda_pago (custodia) WHERE custodia IS NOT NULL;

-- It says the custody that the ledger says, and no other.
CREATE OR REPLACE FUNCTION envios_deuda_pago_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM envios_deuda d
        WHERE d.id = NEW.deuda_id AND d.estado = 'pendiente' AND d.en_ventanilla = (NEW.como = 'efectivo')
    ) THEN
        RAISE EXCEPTION 'la deuda % no se paga así', NEW.deuda_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.custodia IS DISTINCT FROM (
        SELECT c.cuenta FROM envios_deuda d JOIN envios_cobro c ON c.envio_id = d.envio_id
        WHERE d.id = NEW.deuda_id AND c.cuenta = pagos_acreditada(NEW.id)
    ) THEN
        RAISE EXCEPTION 'el pago % no entró donde dice', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
