ALTER TABLE pagos_banco_movimiento DROP CONSTRAINT IF EXISTS ck_pagos_banco_movimiento_estado,
    ADD CONSTRAINT ck_pagos_banco_movimiento_estado CHECK (estado IN ('conciliado', 'informado', 'pendiente', 'aclarado', 'resuelto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_banco_movimiento FOR EACH ROW
    WHEN (NEW.estado NOT IN ('conciliado', 'informado', 'pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_banco_movimiento FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('aclarado', 'resuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
