-- Printed by the declarations (estados.py).
ALTER TABLE comercio_producto DROP CONSTRAINT IF EXISTS ck_comercio_producto_estado,
    ADD CONSTRAINT ck_comercio_producto_estado CHECK (estado IN ('borrador', 'publicado', 'pausado', 'retirado', 'intervenido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador', 'publicado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado', 'retirado', 'intervenido')
        WHEN 'publicado' THEN NEW.estado IN ('pausado', 'retirado', 'intervenido')
        WHEN 'pausado' THEN NEW.estado IN ('publicado', 'retirado', 'intervenido')
        WHEN 'retirado' THEN NEW.estado IN ('borrador', 'intervenido')
        WHEN 'intervenido' THEN NEW.estado IN ('borrador', 'publicado', 'pausado', 'retirado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_denuncia DROP CONSTRAINT IF EXISTS ck_comercio_denuncia_estado,
    ADD CONSTRAINT ck_comercio_denuncia_estado CHECK (estado IN ('abierta', 'procede', 'no_procede', 'sin_decision'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_denuncia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_denuncia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('procede', 'no_procede', 'sin_decision')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_intervencion DROP CONSTRAINT IF EXISTS ck_comercio_intervencion_estado,
    ADD CONSTRAINT ck_comercio_intervencion_estado CHECK (estado IN ('vigente', 'apelada', 'firme', 'levantada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_intervencion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_intervencion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('apelada', 'firme', 'levantada')
        WHEN 'apelada' THEN NEW.estado IN ('firme', 'levantada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
