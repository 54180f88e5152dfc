ALTER TABLE feria_modificacion DROP CONSTRAINT IF EXISTS ck_feria_modificacion_estado,
    ADD CONSTRAINT ck_feria_modificacion_estado CHECK (estado IN ('propuesta', 'firmada', 'rechazada', 'retirada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_modificacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('propuesta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_modificacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'propuesta' THEN NEW.estado IN ('firmada', 'rechazada', 'retirada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

