-- Whether somebody may do alone, now and by those mandates, what a faculty lets do for a unit.
CREATE FUNCTION registro_puede(p_mandatos uuid[], p_quien uuid, p_unidad uuid, p_facultad text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT registro_juzgar_mandato(p_mandatos[1], p_mandatos[2], p_quien, p_unidad, NULL, NULL, nucleo_ahora()) = 'ok'
       AND NOT EXISTS (SELECT FROM registro_mandato m WHERE m.id = ANY (p_mandatos)
                       AND NOT m.facultades && ARRAY[p_facultad, 'ADMINISTRAR'])
$$;

-- What ended stays, but what only silence said: while its year runs, who sells may say that it did not come. What was said
-- of a payment outside is written when it is said, not of before the order was received, with the term to answer it; said
-- again, it begins anew. Who answers sells for who sold, and without them nothing is answered before its term.
CREATE OR REPLACE FUNCTION comercio_compromiso_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    responden CONSTANT text[] := ARRAY['estado', 'terminado_en', 'respondio', 'respondio_id', 'respondio_mandatos',
        'respondio_en'];
    v_dice CONSTANT boolean := (NEW.comprobante, NEW.comprobante_fecha, NEW.dicho_por, NEW.dicho_en)
        IS DISTINCT FROM (OLD.comprobante, OLD.comprobante_fecha, OLD.dicho_por, OLD.dicho_en);
    v_responde CONSTANT boolean := (NEW.respondio, NEW.respondio_id, NEW.respondio_mandatos, NEW.respondio_en)
        IS DISTINCT FROM (OLD.respondio, OLD.respondio_id, OLD.respondio_mandatos, OLD.respondio_en)
        AND NEW.respondio_en IS NOT NULL;
    v_paso CONSTANT text := OLD.estado || ' ' || NEW.estado;
    v_vendedor uuid;
    v_recibido date;
BEGIN
    IF OLD.terminado_en IS NOT NULL AND NEW IS DISTINCT FROM OLD AND NOT (
            v_paso = 'recibido adeudado' AND v_responde AND OLD.respondio_en IS NULL
            AND to_jsonb(NEW) - responden = to_jsonb(OLD) - responden
            AND date_trunc('year', nucleo_ahora() AT TIME ZONE 'America/La_Paz')
                = date_trunc('year', OLD.terminado_en AT TIME ZONE 'America/La_Paz')) THEN
        RAISE EXCEPTION 'un compromiso que terminó no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_dice AND (NEW.estado <> 'dicho' OR OLD.estado = 'dicho' AND (
               NEW.dicho_en <= OLD.dicho_en OR NEW.responder_hasta < OLD.responder_hasta))
       OR NEW.responder_hasta IS DISTINCT FROM OLD.responder_hasta AND NEW.estado = OLD.estado AND NOT v_dice THEN
        RAISE EXCEPTION 'lo que se dijo de un pago por tesorería no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_dice THEN
        SELECT CAST(coalesce(max(s.ocurrio_en), max(p.creado_en)) AT TIME ZONE 'America/La_Paz' AS date)
        INTO v_recibido FROM comercio_pedido p
        LEFT JOIN comercio_pedido_paso s ON s.pedido_id = p.id AND s.estado = 'entregado' WHERE p.id = NEW.pedido_id;
        IF NEW.comprobante_fecha < v_recibido THEN
            RAISE EXCEPTION 'un pago no es de antes que se recibiera lo que paga' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF v_responde THEN
        SELECT vendedor_id INTO v_vendedor FROM comercio_pedido WHERE id = NEW.pedido_id;
        IF v_paso NOT IN ('dicho recibido', 'dicho adeudado', 'recibido adeudado')
           OR NOT (CASE cardinality(NEW.respondio_mandatos)
               WHEN 0 THEN ciudadania_programa_de(NEW.respondio_id, v_vendedor, 'pedidos', nucleo_ahora())
               ELSE registro_puede(NEW.respondio_mandatos, NEW.respondio_id, v_vendedor, 'VENDER') END) THEN
            RAISE EXCEPTION 'de un pago responde quien vende' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF v_paso IN ('dicho adeudado', 'recibido adeudado')
       OR v_paso = 'dicho recibido' AND OLD.responder_hasta > nucleo_ahora() THEN
        RAISE EXCEPTION 'sin quien vende nada se responde antes de su plazo' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.respondio_en IS DISTINCT FROM OLD.respondio_en AND NEW.estado <> 'dicho' THEN
        RAISE EXCEPTION 'lo que se respondió de un pago no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was said, in order. As the owner: nobody else writes it.
CREATE FUNCTION comercio_compromiso_se_dijo() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_que text := CASE
        WHEN NEW.dicho_en IS DISTINCT FROM OLD.dicho_en THEN CASE OLD.estado WHEN 'dicho' THEN 'correccion' ELSE 'pago' END
        WHEN NEW.estado = OLD.estado THEN NULL
        WHEN NEW.estado = 'recibido' THEN CASE WHEN NEW.respondio_en IS NULL THEN 'silencio' ELSE 'llego' END
        WHEN NEW.estado = 'adeudado' AND OLD.estado <> 'vigente' THEN 'no_llego' END;
BEGIN
    IF v_que IS NOT NULL THEN
        INSERT INTO comercio_pago_dicho (pedido_id, numero, que, comprobante, fecha, quien, ocurrio_en)
        SELECT NEW.pedido_id, 1 + coalesce(max(numero), 0), v_que, NEW.comprobante, NEW.comprobante_fecha,
               CASE v_que WHEN 'silencio' THEN '' WHEN 'llego' THEN NEW.respondio WHEN 'no_llego' THEN NEW.respondio
                   ELSE NEW.dicho_por END, nucleo_ahora()
        FROM comercio_pago_dicho WHERE pedido_id = NEW.pedido_id;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_compromiso_se_dijo FROM PUBLIC;
CREATE TRIGGER comercio_compromiso_se_dijo AFTER UPDATE ON comercio_compromiso
    FOR EACH ROW EXECUTE FUNCTION comercio_compromiso_se_dijo();
