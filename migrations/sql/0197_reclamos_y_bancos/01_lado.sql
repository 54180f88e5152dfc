-- In a claim speaks too the bank of the card that paid, which may take what it is of.
ALTER TABLE comercio_reclamo_paso DROP CONSTRAINT ck_comercio_reclamo_paso_lado,
    ADD CONSTRAINT ck_comercio_reclamo_paso_lado
        CHECK (lado IN ('comprador', 'vendedor', 'mediador', 'plazo', 'banco'));
-- It does so once, and it is the last that is said.
CREATE UNIQUE INDEX uq_comercio_reclamo_paso_banco ON comercio_reclamo_paso (reclamo_id) WHERE lado = 'banco';
