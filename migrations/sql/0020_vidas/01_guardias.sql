-- The guards of each table without the states, which are the lives' own.

CREATE OR REPLACE FUNCTION registro_guardar_unidad() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'una unidad económica no se borra, se cancela' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.numero, NEW.creado_en) IS DISTINCT FROM (OLD.id, OLD.numero, OLD.creado_en) THEN
        RAISE EXCEPTION 'el número de una unidad económica es permanente' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.inscrita_en IS NOT NULL AND NEW.inscrita_en IS DISTINCT FROM OLD.inscrita_en THEN
        RAISE EXCEPTION 'la fecha de inscripción no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.secuencia < OLD.secuencia OR NEW.version < OLD.version THEN
        RAISE EXCEPTION 'la versión de una unidad económica no retrocede' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER guardar BEFORE UPDATE OR DELETE ON registro_unidad
    FOR EACH ROW EXECUTE FUNCTION registro_guardar_unidad();

CREATE OR REPLACE FUNCTION pagos_intento_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.proposito, OLD.referencia_id, OLD.destino, OLD.monto, OLD.moneda, OLD.codigo, OLD.modalidad,
        OLD.metodo, OLD.persona_id, OLD.unidad_id, OLD.reserva_id, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.proposito, NEW.referencia_id, NEW.destino, NEW.monto, NEW.moneda, NEW.codigo, NEW.modalidad,
        NEW.metodo, NEW.persona_id, NEW.unidad_id, NEW.reserva_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se pidió pagar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.pasarela_id IS NOT NULL AND OLD.pasarela_id IS DISTINCT FROM NEW.pasarela_id)
       OR (OLD.sesion_id IS NOT NULL AND OLD.sesion_id IS DISTINCT FROM NEW.sesion_id) THEN
        RAISE EXCEPTION 'un intento es de un solo pago de la pasarela' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER pagos_intento_guardia BEFORE UPDATE ON pagos_intento
    FOR EACH ROW EXECUTE FUNCTION pagos_intento_guardia();

CREATE OR REPLACE FUNCTION pagos_reembolso_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_intento pagos_intento;
    v_otros BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The row lock makes two refunds of one payment wait for each other.
        SELECT * INTO STRICT v_intento FROM pagos_intento WHERE id = NEW.intento_id FOR UPDATE;
        SELECT coalesce(sum(monto), 0) INTO v_otros FROM pagos_reembolso
        WHERE intento_id = NEW.intento_id AND estado NOT IN ('fallido', 'revertido');
        IF v_intento.estado NOT IN ('pagado', 'observado')
           OR v_otros + NEW.monto > v_intento.recibido THEN
            RAISE EXCEPTION 'un reembolso no supera lo pagado' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.intento_id, OLD.monto, OLD.persona_id, OLD.reserva_id, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.intento_id, NEW.monto, NEW.persona_id, NEW.reserva_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se pidió reembolsar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pagos_disputa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.pasarela_id, OLD.intento_id, OLD.monto, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.pasarela_id, NEW.intento_id, NEW.monto, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se disputa no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pagos_orden_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.version <> 1 THEN
            RAISE EXCEPTION 'una orden nace con la versión 1, no con la %', NEW.version USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.cpt, OLD.unidad_id, OLD.concepto_id, OLD.detalle, OLD.pagador_tipo, OLD.pagador_documento,
        OLD.pagador_nombre, OLD.factura_razon_social, OLD.factura_nit, OLD.factura_correo, OLD.calculo, OLD.monto,
        OLD.parcial, OLD.minimo, OLD.vence_en, OLD.referencia, OLD.huella, OLD.emitida_por, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.cpt, NEW.unidad_id, NEW.concepto_id, NEW.detalle, NEW.pagador_tipo, NEW.pagador_documento,
        NEW.pagador_nombre, NEW.factura_razon_social, NEW.factura_nit, NEW.factura_correo, NEW.calculo, NEW.monto,
        NEW.parcial, NEW.minimo, NEW.vence_en, NEW.referencia, NEW.huella, NEW.emitida_por, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que una orden cobra no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.pagado < OLD.pagado OR NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'lo pagado y la versión solo crecen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pagos_orden_anulada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_devuelto BIGINT;
BEGIN
    IF OLD.estado = 'anulada' THEN
        RETURN NEW;
    END IF;
    SELECT coalesce(sum(coalesce(d.devuelto, 0) + coalesce(
        (SELECT sum(r.monto) FROM pagos_reembolso r WHERE r.intento_id = p.id AND r.estado = 'hecho'), 0)), 0)
    INTO v_devuelto
    FROM pagos_pago p LEFT JOIN pagos_devuelto d ON d.transferencia_id = p.transferencia_id
    WHERE p.orden_id = NEW.id;
    IF v_devuelto < NEW.pagado THEN
        RAISE EXCEPTION 'una orden no se anula mientras tiene dinero de quien pagó'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pagos_solicitud_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.estado <> 'pendiente' THEN
        RAISE EXCEPTION 'una solicitud % ya no cambia', OLD.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.id, OLD.solicitante_id, OLD.cuenta_id, OLD.pagador_id, OLD.monto, OLD.motivo, OLD.creada_en,
        OLD.vence_en) IS DISTINCT FROM
       (NEW.id, NEW.solicitante_id, NEW.cuenta_id, NEW.pagador_id, NEW.monto, NEW.motivo, NEW.creada_en,
        NEW.vence_en) THEN
        RAISE EXCEPTION 'lo que una solicitud pide no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'pagada' AND NOT EXISTS (
        SELECT FROM pagos_transferencia t
        WHERE t.id = NEW.transferencia_id AND t.tipo = 1 AND t.credito = NEW.cuenta_id
          AND t.monto = NEW.monto AND t.referencia = NEW.id) THEN
        RAISE EXCEPTION 'la solicitud % no tiene su transferencia en el libro', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER pagos_solicitud_guardia BEFORE UPDATE ON pagos_solicitud
    FOR EACH ROW EXECUTE FUNCTION pagos_solicitud_guardia();

CREATE OR REPLACE FUNCTION pagos_planilla_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_lineas BIGINT;
    v_total BIGINT;
    v_diferencias BIGINT;
    v_pagadas BIGINT;
    v_pagado BIGINT;
    v_pendientes BIGINT;
BEGIN
    IF (OLD.id, OLD.unidad_id, OLD.cuenta_id, OLD.nombre, OLD.huella, OLD.lineas, OLD.total, OLD.diferencias,
        OLD.preparada_por, OLD.preparada_nombre, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.unidad_id, NEW.cuenta_id, NEW.nombre, NEW.huella, NEW.lineas, NEW.total, NEW.diferencias,
        NEW.preparada_por, NEW.preparada_nombre, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se preparó pagar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado THEN
        RAISE EXCEPTION 'una planilla solo cambia al pasar de % a otro estado', OLD.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado IN ('presentada', 'ejecutada') THEN
        SELECT count(*), coalesce(sum(monto), 0), count(*) FILTER (WHERE NOT coincide),
               count(*) FILTER (WHERE resultado = 'ok'),
               coalesce(sum(monto) FILTER (WHERE resultado = 'ok'), 0),
               count(*) FILTER (WHERE resultado IS NULL)
        INTO v_lineas, v_total, v_diferencias, v_pagadas, v_pagado, v_pendientes
        FROM pagos_planilla_linea WHERE planilla_id = NEW.id;
        IF (v_lineas, v_total, v_diferencias) IS DISTINCT FROM (NEW.lineas, NEW.total, NEW.diferencias) THEN
            RAISE EXCEPTION 'las líneas de la planilla no suman su total'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.estado = 'ejecutada'
           AND (v_pagadas, v_pagado, v_pendientes) IS DISTINCT FROM (NEW.pagadas, NEW.pagado, 0) THEN
            RAISE EXCEPTION 'lo pagado no es la suma de las líneas pagadas'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER pagos_planilla_guardia BEFORE UPDATE ON pagos_planilla
    FOR EACH ROW EXECUTE FUNCTION pagos_planilla_guardia();

CREATE OR REPLACE FUNCTION pagos_retiro_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(OLD) - '{estado,lote_id,motivo,terminado_en}'::text[])
       IS DISTINCT FROM (to_jsonb(NEW) - '{estado,lote_id,motivo,terminado_en}'::text[])
       OR (OLD.lote_id IS NOT NULL AND OLD.lote_id IS DISTINCT FROM NEW.lote_id) THEN
        RAISE EXCEPTION 'lo que se pidió retirar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado THEN
        RAISE EXCEPTION 'un retiro solo cambia al pasar de % a otro estado', OLD.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER pagos_retiro_guardia BEFORE UPDATE ON pagos_retiro
    FOR EACH ROW EXECUTE FUNCTION pagos_retiro_guardia();

DROP TRIGGER envios_envio_no_se_reabre ON envios_envio;
DROP FUNCTION envios_escala_terminal(text);

DROP TRIGGER feria_convocatoria_nace ON feria_convocatoria;
DROP FUNCTION feria_convocatoria_nace();
CREATE OR REPLACE FUNCTION feria_convocatoria_paso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'only a draft can be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.estado NOT IN ('borrador', 'programado') AND (
        NEW.id, NEW.unidad_id, NEW.titulo, NEW.descripcion, NEW.categoria, NEW.municipio_ine, NEW.lugar_entrega,
        NEW.plazo_entrega_dias, NEW.monto_referencial, NEW.modalidad_id, NEW.cuce, NEW.ocid,
        NEW.convocatoria_anterior_id, NEW.publicado_en, NEW.vence_en
    ) IS DISTINCT FROM (
        OLD.id, OLD.unidad_id, OLD.titulo, OLD.descripcion, OLD.categoria, OLD.municipio_ine, OLD.lugar_entrega,
        OLD.plazo_entrega_dias, OLD.monto_referencial, OLD.modalidad_id, OLD.cuce, OLD.ocid,
        OLD.convocatoria_anterior_id, OLD.publicado_en, OLD.vence_en
    ) THEN
        RAISE EXCEPTION 'a published call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NEW.estado IN ('recepcion_cerrada', 'apertura')
        AND nucleo_ahora() < NEW.vence_en THEN
        RAISE EXCEPTION 'the deadline has not passed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP FUNCTION feria_transicion_permitida(text, text);
