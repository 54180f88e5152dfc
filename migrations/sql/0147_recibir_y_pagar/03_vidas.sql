-- What `VIDA_ORDEN.sql()` and `VIDA_ENTREGA.sql()` print.

ALTER TABLE feria_orden_de_compra DROP CONSTRAINT IF EXISTS ck_feria_orden_de_compra_estado,
    ADD CONSTRAINT ck_feria_orden_de_compra_estado CHECK (estado IN ('por_aceptar', 'vigente', 'recibida', 'concluida', 'rechazada', 'vencida', 'resuelta'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_orden_de_compra FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_aceptar')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_orden_de_compra FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_aceptar' THEN NEW.estado IN ('vigente', 'rechazada', 'vencida')
        WHEN 'vigente' THEN NEW.estado IN ('recibida', 'resuelta')
        WHEN 'recibida' THEN NEW.estado IN ('concluida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_entrega DROP CONSTRAINT IF EXISTS ck_feria_entrega_estado,
    ADD CONSTRAINT ck_feria_entrega_estado CHECK (estado IN ('por_recibir', 'recibida', 'devuelta'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_entrega FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_recibir')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_entrega FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_recibir' THEN NEW.estado IN ('recibida', 'devuelta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
