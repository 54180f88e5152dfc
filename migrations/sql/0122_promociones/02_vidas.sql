ALTER TABLE comercio_promocion DROP CONSTRAINT IF EXISTS ck_comercio_promocion_estado,
    ADD CONSTRAINT ck_comercio_promocion_estado CHECK (estado IN ('activa', 'pausada', 'terminada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_promocion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('activa')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_promocion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'activa' THEN NEW.estado IN ('pausada', 'terminada')
        WHEN 'pausada' THEN NEW.estado IN ('activa', 'terminada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_cupon DROP CONSTRAINT IF EXISTS ck_comercio_cupon_estado,
    ADD CONSTRAINT ck_comercio_cupon_estado CHECK (estado IN ('activa', 'pausada', 'terminada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_cupon FOR EACH ROW
    WHEN (NEW.estado NOT IN ('activa')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_cupon FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'activa' THEN NEW.estado IN ('pausada', 'terminada')
        WHEN 'pausada' THEN NEW.estado IN ('activa', 'terminada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
