ALTER TABLE envios_envio DROP CONSTRAINT IF EXISTS ck_envios_envio_estado,
    ADD CONSTRAINT ck_envios_envio_estado CHECK (estado IN ('anunciado', 'admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_envio FOR EACH ROW
    WHEN (NEW.estado NOT IN ('anunciado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_envio FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT (CASE OLD.estado
        WHEN 'anunciado' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'admitido' THEN NEW.estado IN ('en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'en_transito' THEN NEW.estado IN ('admitido', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'retenido' THEN NEW.estado IN ('admitido', 'en_transito', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'en_reparto' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'listo_para_retiro' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'intento_fallido' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'en_devolucion', 'entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'en_devolucion' THEN NEW.estado IN ('entregado', 'devuelto', 'anulado', 'sin_noticias')
        WHEN 'devuelto' THEN NEW.estado IN ('entregado')
        WHEN 'anulado' THEN NEW.estado IN ('entregado', 'devuelto')
        WHEN 'sin_noticias' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        ELSE false END OR coalesce(NEW.correcciones > OLD.correcciones, false))) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE envios_anulacion DROP CONSTRAINT IF EXISTS ck_envios_anulacion_estado,
    ADD CONSTRAINT ck_envios_anulacion_estado CHECK (estado IN ('pedida', 'confirmada', 'rechazada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_anulacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_anulacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedida' THEN NEW.estado IN ('confirmada', 'rechazada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE envios_incidencia DROP CONSTRAINT IF EXISTS ck_envios_incidencia_estado,
    ADD CONSTRAINT ck_envios_incidencia_estado CHECK (estado IN ('abierta', 'resuelta'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_incidencia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_incidencia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('resuelta')
        WHEN 'resuelta' THEN (NEW.estado = 'abierta' AND OLD.resolucion = 'sin_causa')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

