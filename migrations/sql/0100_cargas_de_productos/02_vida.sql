-- Printed by the declaration (estados.py).
ALTER TABLE comercio_carga DROP CONSTRAINT IF EXISTS ck_comercio_carga_estado,
    ADD CONSTRAINT ck_comercio_carga_estado CHECK (estado IN ('revisada', 'en_marcha', 'terminada', 'anulada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_carga FOR EACH ROW
    WHEN (NEW.estado NOT IN ('revisada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_carga FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'revisada' THEN NEW.estado IN ('en_marcha', 'anulada', 'vencida')
        WHEN 'en_marcha' THEN NEW.estado IN ('terminada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
