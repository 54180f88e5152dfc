-- What `VIDA_PREGUNTA.sql()` prints.

ALTER TABLE feria_pregunta DROP CONSTRAINT IF EXISTS ck_feria_pregunta_estado,
    ADD CONSTRAINT ck_feria_pregunta_estado CHECK (estado IN ('por_responder', 'respondida', 'sin_respuesta'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_pregunta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_responder')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_pregunta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_responder' THEN NEW.estado IN ('respondida', 'sin_respuesta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

