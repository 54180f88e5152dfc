-- What was bought for somebody else says no prices, and carries what its buyer wrote.
ALTER TABLE comercio_compra
    ADD COLUMN regalo boolean NOT NULL DEFAULT false,
    ADD COLUMN mensaje varchar(300) NOT NULL DEFAULT '';
ALTER TABLE comercio_compra
    ALTER COLUMN regalo DROP DEFAULT,
    ALTER COLUMN mensaje DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_compra_mensaje CHECK (regalo OR mensaje = '');
