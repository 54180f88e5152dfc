-- Printed by the declaration (estados.py).
ALTER TABLE pagos_disputa DROP CONSTRAINT IF EXISTS ck_pagos_disputa_estado,
    ADD CONSTRAINT ck_pagos_disputa_estado CHECK (estado IN ('abierta', 'ganada', 'perdida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_disputa FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_disputa FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT (CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('ganada', 'perdida')
        ELSE false END OR coalesce(OLD.estado = 'perdida' AND NEW.estado = 'ganada' AND NEW.recuperada_en IS NOT NULL, false))) EXECUTE FUNCTION nucleo_vida();
