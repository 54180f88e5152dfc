-- Printed by the declaration (estados.py).
ALTER TABLE comercio_pregunta DROP CONSTRAINT IF EXISTS ck_comercio_pregunta_estado,
    ADD CONSTRAINT ck_comercio_pregunta_estado CHECK (estado IN ('abierta', 'respondida', 'cerrada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_pregunta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_pregunta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('respondida', 'cerrada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

