-- Printed by the declarations (`estados.py`).
ALTER TABLE comercio_pedido DROP CONSTRAINT IF EXISTS ck_comercio_pedido_estado,
    ADD CONSTRAINT ck_comercio_pedido_estado CHECK (estado IN ('por_pagar', 'pagado', 'en_preparacion', 'despachado', 'entregado', 'concluido', 'cancelado', 'no_pagado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_pagar', 'pagado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT (CASE OLD.estado
        WHEN 'por_pagar' THEN NEW.estado IN ('pagado', 'no_pagado')
        WHEN 'pagado' THEN NEW.estado IN ('en_preparacion', 'cancelado')
        WHEN 'en_preparacion' THEN NEW.estado IN ('despachado', 'entregado', 'cancelado')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'cancelado')
        WHEN 'entregado' THEN NEW.estado IN ('despachado', 'concluido')
        ELSE false END OR coalesce(OLD.estado = 'no_pagado' AND NEW.estado = 'pagado' AND NEW.version > OLD.version, false))) EXECUTE FUNCTION nucleo_vida();
ALTER TABLE comercio_compra_por_pagar DROP CONSTRAINT IF EXISTS ck_comercio_compra_por_pagar_estado,
    ADD CONSTRAINT ck_comercio_compra_por_pagar_estado CHECK (estado IN ('por_pagar', 'pagada', 'soltada', 'cerrada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_compra_por_pagar FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_pagar')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_compra_por_pagar FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_pagar' THEN NEW.estado IN ('pagada', 'soltada')
        WHEN 'pagada' THEN NEW.estado IN ('cerrada')
        WHEN 'soltada' THEN NEW.estado IN ('pagada', 'cerrada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
