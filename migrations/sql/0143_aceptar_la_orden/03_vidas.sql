-- What `VIDA_ORDEN.sql()` and `VIDA_CONVOCATORIA.sql()` print.

ALTER TABLE feria_orden_de_compra DROP CONSTRAINT IF EXISTS ck_feria_orden_de_compra_estado,
    ADD CONSTRAINT ck_feria_orden_de_compra_estado CHECK (estado IN ('por_aceptar', 'vigente', 'rechazada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_orden_de_compra FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_aceptar')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_orden_de_compra FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_aceptar' THEN NEW.estado IN ('vigente', 'rechazada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_convocatoria DROP CONSTRAINT IF EXISTS ck_feria_convocatoria_estado,
    ADD CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'publicado', 'recepcion_cerrada', 'apertura', 'evaluacion', 'resuelto', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado')
        WHEN 'publicado' THEN NEW.estado IN ('recepcion_cerrada', 'cancelado')
        WHEN 'recepcion_cerrada' THEN NEW.estado IN ('apertura', 'cancelado')
        WHEN 'apertura' THEN NEW.estado IN ('evaluacion')
        WHEN 'evaluacion' THEN NEW.estado IN ('resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'resuelto' THEN NEW.estado IN ('evaluacion') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
