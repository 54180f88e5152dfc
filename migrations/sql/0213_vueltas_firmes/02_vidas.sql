-- Printed by the declarations (estados.py).
ALTER TABLE comercio_reclamo DROP CONSTRAINT IF EXISTS ck_comercio_reclamo_estado,
    ADD CONSTRAINT ck_comercio_reclamo_estado CHECK (estado IN ('abierto', 'ofrecido', 'rechazado', 'en_mediacion', 'por_cambiar', 'en_cambio', 'por_volver', 'en_vuelta', 'por_revisar', 'devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado', 'cedido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierto')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierto' THEN NEW.estado IN ('ofrecido', 'rechazado', 'por_cambiar', 'por_volver', 'devuelto', 'retirado', 'sin_objeto', 'cedido')
        WHEN 'ofrecido' THEN NEW.estado IN ('en_mediacion', 'devuelto', 'retirado', 'sin_objeto', 'cedido')
        WHEN 'rechazado' THEN NEW.estado IN ('en_mediacion', 'cerrado', 'retirado', 'sin_objeto')
        WHEN 'en_mediacion' THEN NEW.estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cedido')
        WHEN 'por_cambiar' THEN NEW.estado IN ('en_mediacion', 'en_cambio', 'retirado', 'sin_objeto')
        WHEN 'en_cambio' THEN NEW.estado IN ('devuelto', 'sin_objeto', 'cambiado')
        WHEN 'por_volver' THEN NEW.estado IN ('en_mediacion', 'en_vuelta', 'por_revisar', 'devuelto', 'cerrado', 'retirado', 'sin_objeto')
        WHEN 'en_vuelta' THEN NEW.estado IN ('en_mediacion', 'por_revisar', 'devuelto', 'cerrado', 'sin_objeto')
        WHEN 'por_revisar' THEN NEW.estado IN ('en_mediacion', 'en_vuelta', 'devuelto', 'sin_objeto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
