-- What `VIDA_CONVOCATORIA.sql()`, `VIDA_ITEM.sql()` and `VIDA_IMPUGNACION.sql()` print.

ALTER TABLE feria_convocatoria DROP CONSTRAINT IF EXISTS ck_feria_convocatoria_estado,
    ADD CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'publicado', 'recepcion_cerrada', 'apertura', 'evaluacion', 'resuelto', 'impugnado', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado')
        WHEN 'publicado' THEN NEW.estado IN ('recepcion_cerrada', 'cancelado')
        WHEN 'recepcion_cerrada' THEN NEW.estado IN ('apertura', 'cancelado')
        WHEN 'apertura' THEN NEW.estado IN ('evaluacion')
        WHEN 'evaluacion' THEN NEW.estado IN ('resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'resuelto' THEN NEW.estado IN ('evaluacion', 'impugnado') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'impugnado' THEN NEW.estado IN ('evaluacion', 'resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_item DROP CONSTRAINT IF EXISTS ck_feria_item_estado,
    ADD CONSTRAINT ck_feria_item_estado CHECK (estado IN ('pedido', 'adjudicado', 'desistido', 'descalificado', 'desierto', 'revocado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_item FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_item FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('adjudicado', 'desierto')
        WHEN 'adjudicado' THEN NEW.estado IN ('desistido', 'descalificado', 'revocado')
        WHEN 'desistido' THEN NEW.estado IN ('adjudicado', 'desierto')
        WHEN 'descalificado' THEN NEW.estado IN ('adjudicado', 'desierto')
        WHEN 'desierto' THEN NEW.estado IN ('revocado')
        WHEN 'revocado' THEN NEW.estado IN ('adjudicado', 'desierto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_impugnacion DROP CONSTRAINT IF EXISTS ck_feria_impugnacion_estado,
    ADD CONSTRAINT ck_feria_impugnacion_estado CHECK (estado IN ('presentada', 'rechazada', 'confirmada', 'revocada', 'anulada', 'retirada', 'sin_objeto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_impugnacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('presentada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_impugnacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'presentada' THEN NEW.estado IN ('rechazada', 'confirmada', 'revocada', 'anulada', 'retirada', 'sin_objeto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
