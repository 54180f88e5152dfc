-- Printed by the declaration (agenda/estados.py).
ALTER TABLE comercio_cita DROP CONSTRAINT IF EXISTS ck_comercio_cita_estado,
    ADD CONSTRAINT ck_comercio_cita_estado CHECK (estado IN ('propuesta', 'fijada', 'sin_vendedor', 'sin_comprador', 'cumplida', 'movida', 'descartada', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_cita FOR EACH ROW
    WHEN (NEW.estado NOT IN ('propuesta', 'fijada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_cita FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'propuesta' THEN NEW.estado IN ('fijada', 'descartada')
        WHEN 'fijada' THEN NEW.estado IN ('sin_vendedor', 'sin_comprador', 'cumplida', 'movida', 'anulada')
        WHEN 'sin_vendedor' THEN NEW.estado IN ('sin_comprador', 'cumplida', 'anulada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
