-- What a payment is for, in the words of who made it. Only its two parties read it; the ledger's row stays as it is.
CREATE TABLE pagos_nota (
    transferencia_id uuid NOT NULL,
    nota varchar(140) NOT NULL,
    CONSTRAINT pk_pagos_nota PRIMARY KEY (transferencia_id),
    CONSTRAINT ck_pagos_nota_nota_escrita CHECK (nota <> '' AND nota = btrim(nota))
);
GRANT SELECT, INSERT ON pagos_nota TO qhatu_aplicacion;

-- A note is born with its payment, which never goes: nobody writes one on what was paid before. The row of a transfer that is seen
-- while its maker is still in progress was made by this very transaction, savepoints included.
CREATE FUNCTION pagos_nota_con_su_pago() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_epoca bigint := pg_current_xact_id()::text::bigint >> 32 << 32;
BEGIN
    PERFORM FROM pagos_transferencia t
    WHERE t.id = NEW.transferencia_id AND t.tipo = 1 AND t.codigo IN (1, 4, 8)
      AND pg_xact_status((v_epoca + t.xmin::text::bigint)::text::xid8) = 'in progress';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'una nota se escribe con su pago: %', NEW.transferencia_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_nota_con_su_pago BEFORE INSERT ON pagos_nota
    FOR EACH ROW EXECUTE FUNCTION pagos_nota_con_su_pago();
CREATE TRIGGER pagos_nota_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON pagos_nota
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
