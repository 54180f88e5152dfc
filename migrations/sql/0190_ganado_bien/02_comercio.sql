-- Of what a bank took of an order only how much is a fact: whose it is, if the bank gives it back, is decided when it is shared
-- (`repartido_en`), once, by what the order became.
DROP TRIGGER comercio_tomado_por_el_banco_inmutable ON comercio_tomado_por_el_banco;
ALTER TABLE comercio_tomado_por_el_banco ADD COLUMN repartido_en timestamptz,
    ALTER COLUMN de_quien_vende DROP NOT NULL,
    DROP CONSTRAINT ck_comercio_tomado_por_el_banco_importe,
    ADD CONSTRAINT ck_comercio_tomado_por_el_banco_importe CHECK (importe > 0);
-- What was shared until today was given to who sold as it was noted, or not at all if their account was closed.
UPDATE comercio_tomado_por_el_banco t SET repartido_en = d.recuperada_en,
    de_quien_vende = CASE WHEN EXISTS (
        SELECT FROM comercio_custodia k JOIN pagos_transferencia x ON x.credito = k.cuenta_vendedor AND x.referencia = t.disputa_id
        WHERE k.pedido_id = t.pedido_id) THEN t.de_quien_vende ELSE 0 END
FROM pagos_disputa d WHERE d.id = t.disputa_id AND d.recuperada_en IS NOT NULL AND d.por_repartir = 0;
UPDATE comercio_tomado_por_el_banco SET de_quien_vende = NULL WHERE repartido_en IS NULL;
ALTER TABLE comercio_tomado_por_el_banco ADD CONSTRAINT ck_comercio_tomado_por_el_banco_repartido
    CHECK ((repartido_en IS NULL) = (de_quien_vende IS NULL) AND de_quien_vende BETWEEN 0 AND importe);
CREATE TRIGGER comercio_tomado_por_el_banco_inmutable BEFORE UPDATE ON comercio_tomado_por_el_banco FOR EACH ROW
    WHEN (OLD.repartido_en IS NOT NULL OR (NEW.disputa_id, NEW.pedido_id, NEW.importe, NEW.ocurrio_en)
          IS DISTINCT FROM (OLD.disputa_id, OLD.pedido_id, OLD.importe, OLD.ocurrio_en))
    EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_tomado_por_el_banco_queda BEFORE DELETE ON comercio_tomado_por_el_banco
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT UPDATE (de_quien_vende, repartido_en) ON comercio_tomado_por_el_banco TO qhatu_aplicacion;
