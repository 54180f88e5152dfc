-- What was written stays; what was not is written once. The arguments are the columns that go on.
CREATE FUNCTION feria_escrito_una_vez() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR EXISTS (
        SELECT FROM jsonb_each(to_jsonb(OLD)) v
        WHERE v.value <> 'null' AND v.key <> ALL (TG_ARGV) AND v.value <> to_jsonb(NEW) -> v.key
    ) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_orden_de_compra
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado', 'recibido', 'multa', 'pagado');
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_orden_linea
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('entregada', 'recibida');
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_entrega
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_entrega_linea
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_pago
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();

-- An order is answered in its term; it is cut short only once it is late, and what was delivered is answered first.
CREATE OR REPLACE FUNCTION feria_orden_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.estado = 'por_aceptar' AND NEW.estado <> OLD.estado
        AND (NEW.estado = 'vencida') <> (nucleo_ahora() >= OLD.aceptar_hasta) THEN
        RAISE EXCEPTION 'an order is answered in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cortada_en IS NULL AND NEW.cortada_en IS NOT NULL
        AND (OLD.estado <> 'vigente' OR nucleo_ahora() <= OLD.entregar_hasta) THEN
        RAISE EXCEPTION 'an order is cut short once it is late' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'vigente' AND NEW.estado <> OLD.estado
        AND EXISTS (SELECT FROM feria_entrega WHERE orden_id = NEW.id AND estado = 'por_recibir') THEN
        RAISE EXCEPTION 'what was delivered is answered first' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.recibido < OLD.recibido OR NEW.multa < OLD.multa OR NEW.pagado < OLD.pagado THEN
        RAISE EXCEPTION 'what was received and paid stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_orden_guardia BEFORE UPDATE ON feria_orden_de_compra
    FOR EACH ROW EXECUTE FUNCTION feria_orden_guardia();

-- Only an order in force is delivered. In its term the entity answers, afterwards silence, which receives all.
CREATE FUNCTION feria_entrega_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (SELECT estado FROM feria_orden_de_compra WHERE id = NEW.orden_id) <> 'vigente' THEN
            RAISE EXCEPTION 'only an order in force is delivered' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.respondida_en IS NULL AND NEW.respondida_en IS NOT NULL THEN
        IF NEW.tacita <> (nucleo_ahora() >= OLD.recibir_hasta) THEN
            RAISE EXCEPTION 'a delivery is answered in its term' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM feria_entrega_linea WHERE entrega_id = NEW.id) OR EXISTS (
            SELECT FROM feria_entrega_linea
            WHERE entrega_id = NEW.id AND (recibida IS NULL OR (NEW.tacita AND recibida < cantidad))
        ) THEN
            RAISE EXCEPTION 'a delivery is answered line by line' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_entrega_guardia BEFORE INSERT OR UPDATE ON feria_entrega
    FOR EACH ROW EXECUTE FUNCTION feria_entrega_guardia();

CREATE FUNCTION feria_entrega_linea_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM feria_entrega WHERE id = NEW.entrega_id) <> 'por_recibir' THEN
        RAISE EXCEPTION 'a delivery that was answered does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_entrega_linea_guardia BEFORE INSERT OR UPDATE ON feria_entrega_linea
    FOR EACH ROW EXECUTE FUNCTION feria_entrega_linea_guardia();

-- What a line has delivered and received is the sum of its deliveries: the application may not write it.
CREATE FUNCTION feria_entrega_linea_suma() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE feria_orden_linea SET entregada = entregada + NEW.cantidad, recibida = recibida + coalesce(NEW.recibida, 0)
            WHERE id = NEW.linea_id;
    ELSIF OLD.recibida IS NULL AND NEW.recibida IS NOT NULL THEN
        UPDATE feria_orden_linea SET entregada = entregada - NEW.cantidad + NEW.recibida,
            recibida = recibida + NEW.recibida WHERE id = NEW.linea_id;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_entrega_linea_suma() FROM PUBLIC;
CREATE TRIGGER feria_entrega_linea_suma AFTER INSERT OR UPDATE ON feria_entrega_linea
    FOR EACH ROW EXECUTE FUNCTION feria_entrega_linea_suma();

-- What a quantity of a line is worth: a whole line its total, a part of it rounded once, half up.
CREATE FUNCTION feria_valor_recibido(p_orden uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(CASE WHEN recibida = cantidad THEN total
        ELSE least(total, floor(recibida * precio_unitario * 100 + 0.5)::bigint) END), 0)::bigint
    FROM feria_orden_linea WHERE orden_id = p_orden
$$;

CREATE FUNCTION feria_entrega_suma() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ahora_vale bigint := feria_valor_recibido(NEW.orden_id);
BEGIN
    IF NEW.valor <> ahora_vale - (SELECT recibido FROM feria_orden_de_compra WHERE id = NEW.orden_id) THEN
        RAISE EXCEPTION 'a reception is worth its lines' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE feria_orden_de_compra SET recibido = ahora_vale, multa = multa + NEW.multa WHERE id = NEW.orden_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_entrega_suma() FROM PUBLIC;
CREATE TRIGGER feria_entrega_suma AFTER UPDATE ON feria_entrega FOR EACH ROW
    WHEN (OLD.respondida_en IS NULL AND NEW.respondida_en IS NOT NULL) EXECUTE FUNCTION feria_entrega_suma();

-- Only what is received is paid; the order's CHECK says how much.
CREATE FUNCTION feria_pago_suma() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE feria_orden_de_compra SET pagado = pagado + NEW.monto
        WHERE id = NEW.orden_id AND estado IN ('vigente', 'recibida');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only an order in force is paid' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_pago_suma() FROM PUBLIC;
CREATE TRIGGER feria_pago_suma AFTER INSERT ON feria_pago FOR EACH ROW EXECUTE FUNCTION feria_pago_suma();
