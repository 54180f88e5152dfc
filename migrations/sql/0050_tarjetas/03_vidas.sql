ALTER TABLE pagos_disputa_respuesta DROP CONSTRAINT IF EXISTS ck_pagos_disputa_respuesta_estado,
    ADD CONSTRAINT ck_pagos_disputa_respuesta_estado CHECK (estado IN ('creada', 'ambigua', 'enviada', 'rechazada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_disputa_respuesta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('creada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_disputa_respuesta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'creada' THEN NEW.estado IN ('ambigua', 'enviada', 'rechazada')
        WHEN 'ambigua' THEN NEW.estado IN ('enviada', 'rechazada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_tarjeta DROP CONSTRAINT IF EXISTS ck_pagos_tarjeta_estado,
    ADD CONSTRAINT ck_pagos_tarjeta_estado CHECK (estado IN ('creada', 'por_escribir', 'guardada', 'por_quitar', 'quitada', 'descartada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_tarjeta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('creada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_tarjeta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'creada' THEN NEW.estado IN ('por_escribir', 'descartada')
        WHEN 'por_escribir' THEN NEW.estado IN ('guardada', 'por_quitar', 'descartada')
        WHEN 'guardada' THEN NEW.estado IN ('por_quitar')
        WHEN 'por_quitar' THEN NEW.estado IN ('quitada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

