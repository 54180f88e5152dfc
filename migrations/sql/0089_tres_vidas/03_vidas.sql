-- Printed by the declarations (`estados.py`).
ALTER TABLE comercio_pedido DROP CONSTRAINT IF EXISTS ck_comercio_pedido_estado,
    ADD CONSTRAINT ck_comercio_pedido_estado CHECK (estado IN ('pagado', 'en_preparacion', 'despachado', 'entregado', 'concluido', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pagado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pagado' THEN NEW.estado IN ('en_preparacion', 'cancelado')
        WHEN 'en_preparacion' THEN NEW.estado IN ('despachado', 'entregado', 'cancelado')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'cancelado')
        WHEN 'entregado' THEN NEW.estado IN ('despachado', 'concluido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_servicio DROP CONSTRAINT IF EXISTS ck_comercio_servicio_estado,
    ADD CONSTRAINT ck_comercio_servicio_estado CHECK (estado IN ('agendado', 'prestado', 'conforme', 'anulado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_servicio FOR EACH ROW
    WHEN (NEW.estado NOT IN ('agendado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_servicio FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'agendado' THEN NEW.estado IN ('prestado', 'conforme', 'anulado')
        WHEN 'prestado' THEN NEW.estado IN ('conforme', 'anulado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_custodia DROP CONSTRAINT IF EXISTS ck_comercio_custodia_estado,
    ADD CONSTRAINT ck_comercio_custodia_estado CHECK (estado IN ('por_mudar', 'retenida', 'por_liberar', 'congelada', 'liberada', 'devuelta'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_mudar', 'retenida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_mudar' THEN NEW.estado IN ('retenida', 'devuelta')
        WHEN 'retenida' THEN NEW.estado IN ('por_liberar', 'congelada', 'devuelta')
        WHEN 'por_liberar' THEN NEW.estado IN ('retenida', 'congelada', 'liberada', 'devuelta')
        WHEN 'congelada' THEN NEW.estado IN ('retenida', 'por_liberar', 'devuelta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_paquete DROP CONSTRAINT IF EXISTS ck_comercio_paquete_estado,
    ADD CONSTRAINT ck_comercio_paquete_estado CHECK (estado IN ('anunciado', 'despachado', 'entregado', 'devuelto', 'anulado', 'perdido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_paquete FOR EACH ROW
    WHEN (NEW.estado NOT IN ('anunciado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_paquete FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'anunciado' THEN NEW.estado IN ('despachado', 'entregado', 'devuelto', 'anulado')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'devuelto', 'anulado', 'perdido')
        WHEN 'entregado' THEN NEW.estado IN ('despachado')
        WHEN 'devuelto' THEN NEW.estado IN ('entregado')
        WHEN 'anulado' THEN NEW.estado IN ('entregado', 'devuelto')
        WHEN 'perdido' THEN NEW.estado IN ('entregado', 'devuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
