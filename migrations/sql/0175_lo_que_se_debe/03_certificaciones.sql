-- Nothing is certified that the ledger would not move at once.
ALTER TABLE feria_certificacion DROP CONSTRAINT ck_feria_certificacion_monto,
    ADD CONSTRAINT ck_feria_certificacion_monto CHECK (monto BETWEEN 1 AND 1000000000000);
