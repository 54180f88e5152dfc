-- Printed by the declarations (`estados.py`).
ALTER TABLE comercio_pedido DROP CONSTRAINT IF EXISTS ck_comercio_pedido_estado,
    ADD CONSTRAINT ck_comercio_pedido_estado CHECK (estado IN ('por_pagar', 'confirmado', 'pagado', 'en_preparacion', 'despachado', 'entregado', 'concluido', 'cancelado', 'no_pagado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_pagar', 'confirmado', 'pagado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT (CASE OLD.estado
        WHEN 'por_pagar' THEN NEW.estado IN ('pagado', 'no_pagado')
        WHEN 'confirmado' THEN NEW.estado IN ('en_preparacion', 'cancelado')
        WHEN 'pagado' THEN NEW.estado IN ('en_preparacion', 'cancelado')
        WHEN 'en_preparacion' THEN NEW.estado IN ('despachado', 'entregado', 'cancelado')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'cancelado')
        WHEN 'entregado' THEN NEW.estado IN ('despachado', 'concluido')
        ELSE false END OR coalesce(OLD.estado = 'no_pagado' AND NEW.estado = 'pagado' AND NEW.version > OLD.version, false))) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_custodia DROP CONSTRAINT IF EXISTS ck_comercio_custodia_estado,
    ADD CONSTRAINT ck_comercio_custodia_estado CHECK (estado IN ('por_cobrar', 'por_mudar', 'retenida', 'por_liberar', 'congelada', 'liberada', 'devuelta', 'no_cobrada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_cobrar', 'por_mudar', 'retenida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_custodia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_cobrar' THEN NEW.estado IN ('retenida', 'no_cobrada')
        WHEN 'por_mudar' THEN NEW.estado IN ('retenida', 'devuelta')
        WHEN 'retenida' THEN NEW.estado IN ('por_liberar', 'congelada', 'devuelta')
        WHEN 'por_liberar' THEN NEW.estado IN ('retenida', 'congelada', 'liberada', 'devuelta')
        WHEN 'congelada' THEN NEW.estado IN ('retenida', 'por_liberar', 'devuelta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_pedido_paso DROP CONSTRAINT ck_comercio_pedido_paso_estado,
    ADD CONSTRAINT ck_comercio_pedido_paso_estado CHECK (estado IN ('por_pagar', 'confirmado', 'pagado', 'en_preparacion',
        'despachado', 'entregado', 'concluido', 'cancelado', 'no_pagado'));
DROP INDEX ix_comercio_pedido_despachar_hasta;
CREATE INDEX ix_comercio_pedido_despachar_hasta ON comercio_pedido (despachar_hasta)
    WHERE estado IN ('confirmado', 'pagado', 'en_preparacion');
