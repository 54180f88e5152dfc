-- What `VIDA_CONVOCATORIA.sql()` and `VIDA_ITEM.sql()` print.

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
        WHEN 'evaluacion' THEN NEW.estado IN ('resuelto') OR (NEW.estado = 'cancelado' AND OLD.contratado_en IS NULL)
        WHEN 'resuelto' THEN NEW.estado IN ('evaluacion') OR (NEW.estado = 'cancelado' AND OLD.contratado_en IS NULL)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_item DROP CONSTRAINT IF EXISTS ck_feria_item_estado,
    ADD CONSTRAINT ck_feria_item_estado CHECK (estado IN ('pedido', 'adjudicado', 'desistido', 'descalificado', 'desierto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_item FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_item FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('adjudicado', 'desierto')
        WHEN 'adjudicado' THEN NEW.estado IN ('desistido', 'descalificado')
        WHEN 'desistido' THEN NEW.estado IN ('adjudicado', 'desierto')
        WHEN 'descalificado' THEN NEW.estado IN ('adjudicado', 'desierto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

