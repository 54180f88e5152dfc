ALTER TABLE feria_garantia DROP CONSTRAINT IF EXISTS ck_feria_garantia_estado,
    ADD CONSTRAINT ck_feria_garantia_estado CHECK (estado IN ('vigente', 'renovada', 'devuelta', 'ejecutada', 'vencida', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_garantia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_garantia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('renovada', 'devuelta', 'ejecutada', 'vencida', 'anulada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
