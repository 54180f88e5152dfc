-- Since when a bank claims the card's payment of what is held: it waits as with a claim of who bought, and nobody lets it
-- go but the bank's decision.
ALTER TABLE comercio_custodia ADD COLUMN banco_desde timestamptz,
    ADD CONSTRAINT ck_comercio_custodia_banco CHECK (banco_desde IS NULL OR estado IN ('congelada', 'devuelta'));
GRANT UPDATE (banco_desde) ON comercio_custodia TO qhatu_aplicacion;

-- What holds it begins and ends with the bank's claim of its purchase, and who sells is not paid while there is one.
CREATE FUNCTION comercio_custodia_del_banco() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.banco_desde IS NOT NULL) <> pagos_en_disputa((SELECT compra_id FROM comercio_pedido WHERE id = NEW.pedido_id)) THEN
        RAISE EXCEPTION 'el dinero del pedido % espera al banco mientras el banco lo reclama', NEW.pedido_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_del_banco BEFORE UPDATE OF banco_desde, estado ON comercio_custodia FOR EACH ROW
    WHEN ((NEW.banco_desde IS NULL) <> (OLD.banco_desde IS NULL) OR NEW.estado = 'liberada' AND OLD.estado <> 'liberada')
    EXECUTE FUNCTION comercio_custodia_del_banco();

-- At the commit: held by a dispute, of who bought or of a bank, while there is one and no longer.
CREATE OR REPLACE FUNCTION comercio_exigir_disputa() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    k comercio_custodia;
    abierto boolean := EXISTS (
        SELECT FROM comercio_reclamo WHERE pedido_id = NEW.pedido_id AND vence_en IS NOT NULL);
BEGIN
    SELECT * INTO k FROM comercio_custodia WHERE pedido_id = NEW.pedido_id;
    IF abierto AND k.estado NOT IN ('congelada', 'devuelta')
       OR k.estado = 'congelada' AND NOT abierto AND k.banco_desde IS NULL THEN
        RAISE EXCEPTION 'el dinero del pedido % y sus reclamos no dicen lo mismo', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_disputa_del_banco AFTER UPDATE OF banco_desde ON comercio_custodia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_disputa();
