-- Printed by the declarations (`estados.py`, `compromiso.py`).
ALTER TABLE comercio_custodia DROP CONSTRAINT IF EXISTS ck_comercio_custodia_estado,
    ADD CONSTRAINT ck_comercio_custodia_estado CHECK (estado IN ('por_cobrar', 'por_mudar', 'retenida', 'por_liberar', 'congelada', 'liberada', 'devuelta', 'no_cobrada', 'ejecutada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_cobrar', 'por_mudar', 'retenida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_cobrar' THEN NEW.estado IN ('retenida', 'no_cobrada')
        WHEN 'por_mudar' THEN NEW.estado IN ('retenida', 'devuelta')
        WHEN 'retenida' THEN NEW.estado IN ('por_liberar', 'congelada', 'devuelta')
        WHEN 'por_liberar' THEN NEW.estado IN ('retenida', 'congelada', 'liberada', 'devuelta', 'ejecutada')
        WHEN 'congelada' THEN NEW.estado IN ('retenida', 'por_liberar', 'devuelta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_compromiso DROP CONSTRAINT IF EXISTS ck_comercio_compromiso_estado,
    ADD CONSTRAINT ck_comercio_compromiso_estado CHECK (estado IN ('vigente', 'liberado', 'pagado', 'dicho', 'recibido', 'adeudado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_compromiso FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_compromiso FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('liberado', 'pagado', 'dicho', 'adeudado')
        WHEN 'dicho' THEN NEW.estado IN ('recibido', 'adeudado')
        WHEN 'adeudado' THEN NEW.estado IN ('pagado', 'dicho')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
