-- Printed by the declarations (estados.py).
ALTER TABLE comercio_reclamo DROP CONSTRAINT IF EXISTS ck_comercio_reclamo_estado,
    ADD CONSTRAINT ck_comercio_reclamo_estado CHECK (estado IN ('abierto', 'ofrecido', 'rechazado', 'en_mediacion', 'por_cambiar', 'en_cambio', 'devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierto')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_reclamo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierto' THEN NEW.estado IN ('ofrecido', 'rechazado', 'por_cambiar', 'devuelto', 'retirado', 'sin_objeto')
        WHEN 'ofrecido' THEN NEW.estado IN ('en_mediacion', 'devuelto', 'retirado', 'sin_objeto')
        WHEN 'rechazado' THEN NEW.estado IN ('en_mediacion', 'cerrado', 'retirado', 'sin_objeto')
        WHEN 'en_mediacion' THEN NEW.estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto')
        WHEN 'por_cambiar' THEN NEW.estado IN ('en_mediacion', 'en_cambio', 'retirado', 'sin_objeto')
        WHEN 'en_cambio' THEN NEW.estado IN ('devuelto', 'sin_objeto', 'cambiado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_cambio DROP CONSTRAINT IF EXISTS ck_comercio_cambio_estado,
    ADD CONSTRAINT ck_comercio_cambio_estado CHECK (estado IN ('apartado', 'anunciado', 'en_camino', 'entregado', 'devuelto', 'perdido', 'anulado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_cambio FOR EACH ROW
    WHEN (NEW.estado NOT IN ('apartado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_cambio FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'apartado' THEN NEW.estado IN ('anunciado', 'anulado')
        WHEN 'anunciado' THEN NEW.estado IN ('en_camino', 'anulado')
        WHEN 'en_camino' THEN NEW.estado IN ('entregado', 'devuelto', 'perdido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
