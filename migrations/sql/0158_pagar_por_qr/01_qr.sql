-- A purchase may wait for whoever reads its QR: any wallet here pays it whole, once, into the account of the purchase.
ALTER TABLE comercio_compra_por_pagar ADD COLUMN medio varchar(8) NOT NULL DEFAULT 'tarjeta',
    ADD COLUMN codigo varchar(16),
    ADD COLUMN pagada_de bigint;
ALTER TABLE comercio_compra_por_pagar ALTER COLUMN medio DROP DEFAULT,
    ADD CONSTRAINT uq_comercio_compra_por_pagar_codigo UNIQUE (codigo),
    ADD CONSTRAINT fk_comercio_compra_por_pagar_pagada_de FOREIGN KEY (pagada_de) REFERENCES pagos_cuenta (id),
    ADD CONSTRAINT ck_comercio_compra_por_pagar_medio CHECK (medio IN ('tarjeta', 'qr')),
    ADD CONSTRAINT ck_comercio_compra_por_pagar_codigo CHECK ((codigo IS NOT NULL) = (medio = 'qr')),
    ADD CONSTRAINT ck_comercio_compra_por_pagar_pagada_de CHECK (
        (pagada_de IS NOT NULL) = (medio = 'qr' AND pagada_en IS NOT NULL));
GRANT UPDATE (pagada_de) ON comercio_compra_por_pagar TO qhatu_aplicacion;
CREATE TRIGGER comercio_compra_por_pagar_medio_inmutable BEFORE UPDATE OF medio, codigo ON comercio_compra_por_pagar
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_compra_por_pagar_pagada_una_vez BEFORE UPDATE OF pagada_de ON comercio_compra_por_pagar
    FOR EACH ROW WHEN (OLD.pagada_de IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();

-- At the commit: who is said to have paid is who paid all that it costs, and it is none of those who sell.
CREATE FUNCTION comercio_exigir_quien_pago() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM comercio_compra c, pagos_de_asunto('compra', c.id) m
            WHERE c.id = NEW.compra_id AND m.entra AND m.codigo = 9 AND m.contraparte = NEW.pagada_de AND m.monto = c.total)
       OR EXISTS (SELECT FROM comercio_pedido p
                  WHERE p.compra_id = NEW.compra_id AND pagos_cuenta_es_de_unidad(NEW.pagada_de, p.vendedor_id)) THEN
        RAISE EXCEPTION 'la compra % no la pagó esa cuenta', NEW.compra_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_quien_pago AFTER UPDATE OF pagada_de ON comercio_compra_por_pagar
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.pagada_de IS NOT NULL)
    EXECUTE FUNCTION comercio_exigir_quien_pago();
