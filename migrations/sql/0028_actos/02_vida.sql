ALTER TABLE registro_acto DROP CONSTRAINT IF EXISTS ck_registro_acto_estado,
    ADD CONSTRAINT ck_registro_acto_estado CHECK (estado IN ('pendiente', 'ejecutado', 'rechazado', 'vencido', 'retirado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON registro_acto FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON registro_acto FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('rechazado', 'retirado') OR (NEW.estado = 'ejecutado' AND OLD.vence_en > nucleo_ahora()) OR (NEW.estado = 'vencido' AND OLD.vence_en <= nucleo_ahora())
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
