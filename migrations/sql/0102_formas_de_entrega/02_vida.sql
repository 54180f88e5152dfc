-- What goes from hand to hand is delivered by its code or comes back, for good.
ALTER TABLE comercio_paquete DROP CONSTRAINT IF EXISTS ck_comercio_paquete_estado,
    ADD CONSTRAINT ck_comercio_paquete_estado CHECK (estado IN ('anunciado', 'despachado', 'entregado', 'devuelto', 'anulado', 'perdido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_paquete FOR EACH ROW
    WHEN (NEW.estado NOT IN ('anunciado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_paquete FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'anunciado' THEN NEW.estado IN ('despachado', 'devuelto', 'anulado') OR (NEW.estado = 'entregado' AND OLD.forma = 'correo')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'devuelto') OR (NEW.estado = 'anulado' AND OLD.forma = 'correo') OR (NEW.estado = 'perdido' AND OLD.forma = 'correo')
        WHEN 'entregado' THEN (NEW.estado = 'despachado' AND OLD.forma = 'correo')
        WHEN 'devuelto' THEN (NEW.estado = 'entregado' AND OLD.forma = 'correo')
        WHEN 'anulado' THEN NEW.estado IN ('entregado', 'devuelto')
        WHEN 'perdido' THEN NEW.estado IN ('entregado', 'devuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
