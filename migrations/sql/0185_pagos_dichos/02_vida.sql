-- Printed by the declaration (`compromiso.py`).
ALTER TABLE comercio_compromiso DROP CONSTRAINT IF EXISTS ck_comercio_compromiso_estado,
    ADD CONSTRAINT ck_comercio_compromiso_estado CHECK (estado IN ('vigente', 'liberado', 'pagado', 'dicho', 'recibido', 'adeudado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_compromiso FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_compromiso FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('liberado', 'pagado', 'dicho', 'adeudado')
        WHEN 'dicho' THEN NEW.estado IN ('recibido', 'adeudado')
        WHEN 'recibido' THEN NEW.estado IN ('adeudado')
        WHEN 'adeudado' THEN NEW.estado IN ('pagado', 'dicho')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
