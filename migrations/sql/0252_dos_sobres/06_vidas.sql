-- What `VIDA_CONVOCATORIA.sql()` and `VIDA_OFERTA.sql()` print.
ALTER TABLE feria_convocatoria DROP CONSTRAINT IF EXISTS ck_feria_convocatoria_estado,
    ADD CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'publicado', 'suspendido', 'recepcion_cerrada', 'apertura_impedida', 'evaluacion_tecnica', 'apertura_economica', 'apertura', 'subasta', 'evaluacion', 'resuelto', 'impugnado', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado')
        WHEN 'publicado' THEN NEW.estado IN ('suspendido', 'recepcion_cerrada', 'cancelado')
        WHEN 'suspendido' THEN NEW.estado IN ('publicado', 'cancelado')
        WHEN 'recepcion_cerrada' THEN NEW.estado IN ('apertura_impedida', 'evaluacion_tecnica', 'apertura', 'cancelado')
        WHEN 'apertura_impedida' THEN NEW.estado IN ('evaluacion_tecnica', 'apertura', 'cancelado')
        WHEN 'evaluacion_tecnica' THEN NEW.estado IN ('apertura_economica', 'cancelado')
        WHEN 'apertura_economica' THEN NEW.estado IN ('apertura_impedida', 'apertura', 'cancelado')
        WHEN 'apertura' THEN NEW.estado IN ('subasta', 'evaluacion')
        WHEN 'subasta' THEN NEW.estado IN ('evaluacion', 'cancelado')
        WHEN 'evaluacion' THEN NEW.estado IN ('resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'resuelto' THEN NEW.estado IN ('evaluacion', 'impugnado') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0 AND OLD.items_adjudicados > 0)
        WHEN 'impugnado' THEN NEW.estado IN ('evaluacion', 'resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();


ALTER TABLE feria_oferta DROP CONSTRAINT IF EXISTS ck_feria_oferta_estado,
    ADD CONSTRAINT ck_feria_oferta_estado CHECK (estado IN ('vigente', 'reemplazada', 'retirada', 'caducada', 'invalida', 'no_paso'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_oferta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_oferta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('reemplazada', 'retirada', 'caducada', 'invalida', 'no_paso')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

