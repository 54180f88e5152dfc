-- What ended stays, but what only silence said: in its time, who sells may say that it did not come, and its entity corrects
-- the C-31 once, which gives them a term again. What was said of a payment outside is written when it is said, not of before
-- the order was received nor of what they said that did not come, with the whole term to answer it; corrected, it begins anew,
-- once. Who answers sells for who sold, and without them nothing is answered before its term. What is due has one day in which
-- it is a debt, while it is due. It ends when it does.
CREATE OR REPLACE FUNCTION comercio_compromiso_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    responden CONSTANT text[] := ARRAY['estado', 'terminado_en', 'respondio', 'respondio_id', 'respondio_mandatos',
        'respondio_en', 'desmentir_hasta'];
    dicen CONSTANT text[] := ARRAY['comprobante', 'comprobante_fecha', 'dicho_por', 'dicho_en', 'desmentir_hasta'];
    v_paso CONSTANT text := OLD.estado || ' ' || NEW.estado;
    v_dice CONSTANT boolean := NEW.estado = 'dicho' AND OLD.estado <> 'dicho'
        OR (NEW.comprobante, NEW.comprobante_fecha, NEW.dicho_por, NEW.dicho_en)
        IS DISTINCT FROM (OLD.comprobante, OLD.comprobante_fecha, OLD.dicho_por, OLD.dicho_en);
    v_responde CONSTANT boolean := (NEW.respondio, NEW.respondio_id, NEW.respondio_mandatos, NEW.respondio_en)
        IS DISTINCT FROM (OLD.respondio, OLD.respondio_id, OLD.respondio_mandatos, OLD.respondio_en)
        AND NEW.respondio_en IS NOT NULL;
    v_otro_plazo CONSTANT boolean := NEW.responder_hasta IS DISTINCT FROM OLD.responder_hasta;
    v_rectifica CONSTANT boolean := v_paso = 'recibido recibido' AND v_dice AND OLD.dicho_en <= OLD.terminado_en
        AND NEW.desmentir_hasta >= OLD.desmentir_hasta AND to_jsonb(NEW) - dicen = to_jsonb(OLD) - dicen;
    v_vendedor uuid;
    v_recibido date;
BEGIN
    IF OLD.terminado_en IS NOT NULL AND NEW IS DISTINCT FROM OLD AND NOT coalesce(
            OLD.desmentir_hasta > nucleo_ahora() AND (v_rectifica
                OR v_paso = 'recibido adeudado' AND v_responde
                    AND to_jsonb(NEW) - responden = to_jsonb(OLD) - responden), false) THEN
        RAISE EXCEPTION 'un compromiso que terminó no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_dice AND (NEW.estado <> 'dicho' AND NOT v_rectifica OR NEW.dicho_en <= OLD.dicho_en)
       OR v_otro_plazo AND NEW.estado = OLD.estado AND (NOT v_dice OR NEW.responder_hasta < OLD.responder_hasta
           OR (SELECT d.que FROM comercio_pago_dicho d WHERE d.pedido_id = NEW.pedido_id
               ORDER BY d.numero DESC LIMIT 1) = 'correccion') THEN
        RAISE EXCEPTION 'lo que se dijo de un pago por tesorería no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_otro_plazo AND NEW.responder_hasta IS NOT NULL
       AND NOT coalesce(NEW.responder_hasta >= nucleo_no_antes_de('comercio.responder_pago_de_entidad'), false) THEN
        RAISE EXCEPTION 'quien vende tiene todo su plazo para responder de un pago' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.desmentir_hasta IS NOT NULL AND (v_rectifica OR OLD.desmentir_hasta IS NULL)
       AND NOT coalesce(NEW.desmentir_hasta >= nucleo_no_antes_de('comercio.desmentir_pago_de_entidad')
                        AND NEW.desmentir_hasta >= nucleo_fin_de_su_anio(NEW.terminado_en), false) THEN
        RAISE EXCEPTION 'quien vende tiene todo su plazo para desmentir un pago' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_dice AND NEW.dicho_en NOT BETWEEN nucleo_ahora() - interval '1 hour' AND nucleo_ahora()
       OR NEW.terminado_en IS DISTINCT FROM OLD.terminado_en
           AND NEW.terminado_en NOT BETWEEN nucleo_ahora() - interval '1 hour' AND nucleo_ahora() THEN
        RAISE EXCEPTION 'lo que pasa con un compromiso es de cuando pasa' USING ERRCODE = 'restrict_violation';
    END IF;
    IF v_dice THEN
        SELECT CAST(coalesce(max(s.ocurrio_en), max(p.creado_en)) AT TIME ZONE 'America/La_Paz' AS date)
        INTO v_recibido FROM comercio_pedido p
        LEFT JOIN comercio_pedido_paso s ON s.pedido_id = p.id AND s.estado = 'entregado' WHERE p.id = NEW.pedido_id;
        IF NEW.comprobante_fecha < v_recibido THEN
            RAISE EXCEPTION 'un pago no es de antes que se recibiera lo que paga' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT FROM comercio_pago_dicho d
                   WHERE d.pedido_id = NEW.pedido_id AND d.que = 'no_llego' AND d.fecha = NEW.comprobante_fecha
                     AND comercio_numero_de_c31(d.comprobante) = comercio_numero_de_c31(NEW.comprobante)) THEN
            RAISE EXCEPTION 'de un pago que no llegó no se dice otra vez' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.estado = 'vigente' AND NEW.adeudar_en IS DISTINCT FROM OLD.adeudar_en AND NOT (CASE
            WHEN NEW.adeudar_en IS NULL THEN NOT EXISTS (
                SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND liberar_en IS NOT NULL)
            WHEN OLD.adeudar_en IS NOT NULL THEN false
            ELSE EXISTS (
                SELECT FROM comercio_custodia k WHERE k.pedido_id = NEW.pedido_id
                    AND NEW.adeudar_en >= nucleo_no_antes_de('comercio.deuda_de_entidad', k.liberar_en)
                    AND coalesce(NEW.adeudar_en < nucleo_no_despues_de('comercio.deuda_de_entidad', k.liberar_en), true)) END) THEN
        RAISE EXCEPTION 'lo que se recibió y no se paga se debe desde su plazo' USING ERRCODE = 'restrict_violation';
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
CREATE OR REPLACE FUNCTION comercio_compromiso_se_dijo() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_que text := CASE
        WHEN NEW.dicho_en IS DISTINCT FROM OLD.dicho_en THEN
            CASE WHEN OLD.estado IN ('dicho', 'recibido') THEN 'correccion' ELSE 'pago' END
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
