-- Whether what was committed for an order was paid, or said and taken for it.
CREATE FUNCTION comercio_pedido_pagado(p_pedido uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM comercio_compromiso WHERE pedido_id = p_pedido AND estado IN ('pagado', 'recibido'))
$$;

-- What was asked stays, what was decided is written once, and only time ends what nobody decided. It is received while its
-- order is delivered: said, and unsaid, only with that step. What ended stays, but what was taken for paid and never came:
-- it is paid while what its order committed is.
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
    IF (OLD.estado, NEW.estado) IN (('recibida', 'pagada'), ('pagada', 'recibida'))
        AND (NEW.estado = 'pagada') <> comercio_pedido_pagado(NEW.pedido_id) THEN
        RAISE EXCEPTION 'a purchase is paid while its order is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
