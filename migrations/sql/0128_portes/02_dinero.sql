-- Of what is held of an order, what is its postage, and how much of that went back: no commission is taken of it, and
-- neither goods nor postage give back more than they were.
ALTER TABLE comercio_custodia
    ADD COLUMN porte bigint NOT NULL DEFAULT 0,
    ADD COLUMN porte_devuelto bigint NOT NULL DEFAULT 0;
ALTER TABLE comercio_custodia
    ALTER COLUMN porte DROP DEFAULT,
    ALTER COLUMN porte_devuelto DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_custodia_porte CHECK (
        porte >= 0 AND porte_devuelto BETWEEN 0 AND porte AND comision <= monto - porte
        AND porte < monto AND devuelto - porte_devuelto BETWEEN 0 AND monto - porte);
DROP TRIGGER comercio_custodia_venta_inmutable ON comercio_custodia;
CREATE TRIGGER comercio_custodia_venta_inmutable
    BEFORE UPDATE OF pedido_id, monto, comision, cuenta_comprador, cuenta_vendedor, pendiente_id, creada_en, porte
    ON comercio_custodia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT UPDATE (porte_devuelto) ON comercio_custodia TO qhatu_aplicacion;

CREATE UNIQUE INDEX uq_comercio_pedido_cargo_porte ON comercio_pedido_cargo (pedido_id) WHERE clase = 'porte';

-- At the commit: the postage that is held is the one that was charged, which its order can have.
CREATE FUNCTION comercio_exigir_porte() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia k JOIN comercio_pedido p ON p.id = k.pedido_id
        WHERE k.pedido_id = NEW.pedido_id
          AND k.porte = (SELECT coalesce(sum(c.monto), 0) FROM comercio_pedido_cargo c
                         WHERE c.pedido_id = k.pedido_id AND c.clase = 'porte' AND c.paga = 'comprador')
          AND (k.porte = 0 OR p.forma IN ('correo', 'reparto'))) THEN
        RAISE EXCEPTION 'el porte del pedido % no es el que se cobró', NEW.pedido_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_porte AFTER INSERT ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_porte();
CREATE CONSTRAINT TRIGGER comercio_exigir_porte AFTER INSERT ON comercio_pedido_cargo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.clase = 'porte') EXECUTE FUNCTION comercio_exigir_porte();

-- What of the postage went back, and with what: a cancellation, or a claim.
CREATE TABLE comercio_porte_devuelto (
    causa uuid NOT NULL,
    pedido_id uuid NOT NULL,
    importe bigint NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_porte_devuelto PRIMARY KEY (causa),
    CONSTRAINT fk_comercio_porte_devuelto_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_custodia (pedido_id),
    CONSTRAINT ck_comercio_porte_devuelto_importe CHECK (importe > 0)
);
CREATE INDEX ix_comercio_porte_devuelto_pedido_id ON comercio_porte_devuelto (pedido_id);
CREATE TRIGGER comercio_porte_devuelto_inmutable BEFORE UPDATE OR DELETE ON comercio_porte_devuelto
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- At the commit: what the money says went back of the postage is what was noted, cause by cause.
CREATE FUNCTION comercio_exigir_porte_devuelto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT k.porte_devuelto FROM comercio_custodia k WHERE k.pedido_id = NEW.pedido_id)
       <> (SELECT coalesce(sum(d.importe), 0) FROM comercio_porte_devuelto d WHERE d.pedido_id = NEW.pedido_id) THEN
        RAISE EXCEPTION 'lo que volvió del porte del pedido % no es lo que se anotó', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_porte_devuelto AFTER INSERT ON comercio_porte_devuelto
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_porte_devuelto();
CREATE CONSTRAINT TRIGGER comercio_exigir_porte_devuelto AFTER UPDATE OF porte_devuelto ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_porte_devuelto();

GRANT SELECT, INSERT ON comercio_porte_devuelto TO qhatu_aplicacion;
