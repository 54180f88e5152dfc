ALTER TABLE envios_reclamo DROP CONSTRAINT IF EXISTS ck_envios_reclamo_estado,
    ADD CONSTRAINT ck_envios_reclamo_estado CHECK (estado IN ('presentado', 'en_revision', 'aceptado', 'rechazado', 'ante_regulador', 'resuelto', 'pagado', 'cerrado', 'sin_objeto', 'retirado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_reclamo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('presentado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_reclamo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'presentado' THEN NEW.estado IN ('en_revision', 'aceptado', 'rechazado', 'cerrado', 'sin_objeto', 'retirado')
        WHEN 'en_revision' THEN NEW.estado IN ('aceptado', 'rechazado', 'cerrado', 'sin_objeto', 'retirado')
        WHEN 'aceptado' THEN NEW.estado IN ('pagado')
        WHEN 'rechazado' THEN NEW.estado IN ('aceptado', 'ante_regulador', 'cerrado', 'sin_objeto', 'retirado')
        WHEN 'ante_regulador' THEN NEW.estado IN ('aceptado', 'resuelto', 'cerrado', 'sin_objeto', 'retirado')
        WHEN 'resuelto' THEN NEW.estado IN ('pagado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
