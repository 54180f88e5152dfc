-- Printed by the declaration (estados.py).
ALTER TABLE comercio_reclamo DROP CONSTRAINT IF EXISTS ck_comercio_reclamo_estado,
    ADD CONSTRAINT ck_comercio_reclamo_estado CHECK (estado IN ('abierto', 'ofrecido', 'rechazado', 'en_mediacion', 'devuelto', 'cerrado', 'retirado', 'sin_objeto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierto')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierto' THEN NEW.estado IN ('ofrecido', 'rechazado', 'devuelto', 'retirado', 'sin_objeto')
        WHEN 'ofrecido' THEN NEW.estado IN ('en_mediacion', 'devuelto', 'retirado', 'sin_objeto')
        WHEN 'rechazado' THEN NEW.estado IN ('en_mediacion', 'cerrado', 'retirado', 'sin_objeto')
        WHEN 'en_mediacion' THEN NEW.estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
