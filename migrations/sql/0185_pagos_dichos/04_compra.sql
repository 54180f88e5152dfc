-- VIDA_COMPRA.sql(): what was taken for paid and never came is received, and to be paid.
ALTER TABLE feria_compra_de_catalogo DROP CONSTRAINT IF EXISTS ck_feria_compra_de_catalogo_estado,
    ADD CONSTRAINT ck_feria_compra_de_catalogo_estado CHECK (estado IN ('solicitada', 'ordenada', 'recibida', 'pagada', 'rechazada', 'vencida', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_compra_de_catalogo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('solicitada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_compra_de_catalogo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'solicitada' THEN NEW.estado IN ('ordenada', 'rechazada', 'vencida', 'anulada')
        WHEN 'ordenada' THEN NEW.estado IN ('recibida', 'anulada')
        WHEN 'recibida' THEN NEW.estado IN ('ordenada', 'pagada', 'anulada')
        WHEN 'pagada' THEN NEW.estado IN ('recibida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

-- What was asked stays, what was decided is written once, and only time ends what nobody decided. It is received while its
-- order is delivered: said, and unsaid, only with that step. What ended stays, but what was taken for paid and never came.
CREATE OR REPLACE FUNCTION feria_compra_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    de_su_vida CONSTANT text[] := ARRAY['estado', 'vence_en', 'decidida_en', 'decidio', 'decidio_id',
        'decidio_mandato_id', 'pedido_id', 'ordenado', 'recibida_en', 'motivo', 'terminada_en'];
BEGIN
    IF to_jsonb(NEW) - de_su_vida <> to_jsonb(OLD) - de_su_vida
        OR OLD.terminada_en IS NOT NULL AND NOT (OLD.estado = 'pagada' AND NEW.estado = 'recibida')
        OR OLD.decidida_en IS NOT NULL AND (NEW.decidida_en, NEW.decidio, NEW.decidio_id, NEW.decidio_mandato_id,
                NEW.pedido_id, NEW.ordenado)
            IS DISTINCT FROM (OLD.decidida_en, OLD.decidio, OLD.decidio_id, OLD.decidio_mandato_id,
                OLD.pedido_id, OLD.ordenado)
        OR NEW.vence_en IS DISTINCT FROM OLD.vence_en AND NEW.vence_en IS NOT NULL
        OR NEW.recibida_en IS DISTINCT FROM OLD.recibida_en
            AND (OLD.estado, NEW.estado) NOT IN (('ordenada', 'recibida'), ('recibida', 'ordenada')) THEN
        RAISE EXCEPTION 'what was asked and decided stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'vencida' AND OLD.vence_en > nucleo_ahora()
        OR NEW.estado = 'ordenada' AND OLD.estado = 'solicitada' AND OLD.vence_en <= nucleo_ahora() THEN
        RAISE EXCEPTION 'a purchase is decided in its time, and lapses after it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
