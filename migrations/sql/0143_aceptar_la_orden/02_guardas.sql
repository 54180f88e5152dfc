-- As 0133_decisiones_firmes has it; and an order that fell keeps nothing from being cancelled.
CREATE OR REPLACE FUNCTION feria_convocatoria_paso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'only a draft can be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.estado <> 'borrador' AND (
        NEW.id, NEW.unidad_id, NEW.titulo, NEW.descripcion, NEW.categoria, NEW.municipio_ine, NEW.lugar_entrega,
        NEW.plazo_entrega_dias, NEW.monto_referencial, NEW.modalidad_id, NEW.reglas, NEW.cuce, NEW.ocid,
        NEW.convocatoria_anterior_id, NEW.publicado_en, NEW.vence_en
    ) IS DISTINCT FROM (
        OLD.id, OLD.unidad_id, OLD.titulo, OLD.descripcion, OLD.categoria, OLD.municipio_ine, OLD.lugar_entrega,
        OLD.plazo_entrega_dias, OLD.monto_referencial, OLD.modalidad_id, OLD.reglas, OLD.cuce, OLD.ocid,
        OLD.convocatoria_anterior_id, OLD.publicado_en, OLD.vence_en
    ) THEN
        RAISE EXCEPTION 'a published call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.abierto_en IS NOT NULL AND NEW.abierto_en IS DISTINCT FROM OLD.abierto_en
        OR OLD.contratado_en IS NOT NULL AND NEW.contratado_en IS DISTINCT FROM OLD.contratado_en
        OR OLD.cancelado_en IS NOT NULL
            AND (NEW.cancelado_en, NEW.motivo_cierre) IS DISTINCT FROM (OLD.cancelado_en, OLD.motivo_cierre) THEN
        RAISE EXCEPTION 'what was done of a call stays done' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NEW.estado IN ('recepcion_cerrada', 'apertura')
        AND nucleo_ahora() < NEW.vence_en THEN
        RAISE EXCEPTION 'the deadline has not passed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NEW.estado = 'cancelado'
        AND EXISTS (SELECT FROM feria_orden_de_compra
            WHERE convocatoria_id = NEW.id AND estado NOT IN ('rechazada', 'vencida')) THEN
        RAISE EXCEPTION 'what was ordered is not cancelled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0133_decisiones_firmes has it; and what was ordered is decided again once its order fell.
CREATE OR REPLACE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado text := (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id);
    pedido feria_item;
BEGIN
    IF llamado <> 'evaluacion' AND NOT (llamado = 'resuelto' AND NEW.resultado IN ('desistido', 'descalificado')) THEN
        RAISE EXCEPTION 'the call is not under evaluation' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO pedido FROM feria_item WHERE id = NEW.item_id;
    -- Above what was asked nothing is awarded (a cause of rejection).
    IF NEW.total > pedido.total_referencial THEN
        RAISE EXCEPTION 'an award above the reference' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM feria_orden_linea l JOIN feria_orden_de_compra o ON o.id = l.orden_id
        WHERE l.adjudicacion_id = NEW.reemplaza_a AND o.estado NOT IN ('rechazada', 'vencida')
    ) THEN
        RAISE EXCEPTION 'what was ordered is not decided again' USING ERRCODE = 'restrict_violation';
    END IF;
    IF pedido.estado = NEW.resultado THEN
        RAISE EXCEPTION 'the item is so already' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.oferta_linea_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM feria_oferta_linea l JOIN feria_oferta o ON o.id = l.oferta_id
        WHERE l.id = NEW.oferta_linea_id AND l.total = NEW.total AND o.unidad_id = NEW.proveedor_id
    ) THEN
        RAISE EXCEPTION 'an award is what a bid says' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.es_menor_precio AND NEW.total > (
        SELECT min(total) FROM feria_oferta_linea
        WHERE convocatoria_id = NEW.convocatoria_id AND item_id = NEW.item_id
    ) THEN
        RAISE EXCEPTION 'it is not the lowest price' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
