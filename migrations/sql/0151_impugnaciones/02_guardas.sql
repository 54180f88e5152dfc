-- As 0143_aceptar_la_orden has it; and a decision is revoked while it is contested, and only then.
CREATE OR REPLACE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado text := (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id);
    pedido feria_item;
BEGIN
    IF NOT (CASE NEW.resultado
        WHEN 'revocado' THEN llamado = 'impugnado'
        WHEN 'adjudicado' THEN llamado = 'evaluacion'
        WHEN 'desierto' THEN llamado = 'evaluacion'
        ELSE llamado IN ('evaluacion', 'resuelto', 'impugnado') END) THEN
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

CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_impugnacion
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');

-- What is contested is decided, in force and in no order, by who bid. In the term it is resolved; silence confirms.
CREATE FUNCTION feria_impugnacion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
            WHERE c.id = NEW.convocatoria_id AND c.estado IN ('resuelto', 'impugnado')
                AND o.unidad_id = NEW.unidad_id AND o.estado = 'vigente'
        ) OR EXISTS (SELECT FROM feria_adjudicacion WHERE reemplaza_a = NEW.adjudicacion_id)
          OR EXISTS (SELECT FROM feria_orden_linea WHERE adjudicacion_id = NEW.adjudicacion_id) THEN
            RAISE EXCEPTION 'only a decision in force is contested' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (nucleo_ahora() >= OLD.resolver_hasta)
        OR NEW.tacita AND NEW.estado NOT IN ('confirmada', 'sin_objeto')) THEN
        RAISE EXCEPTION 'an appeal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_impugnacion_guardia BEFORE INSERT OR UPDATE ON feria_impugnacion
    FOR EACH ROW EXECUTE FUNCTION feria_impugnacion_guardia();

-- A process goes on once nothing of it is contested.
CREATE FUNCTION feria_convocatoria_impugnada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feria_impugnacion WHERE convocatoria_id = NEW.id AND estado = 'presentada') THEN
        RAISE EXCEPTION 'its appeals are resolved first' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_impugnada BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado = 'impugnado' AND NEW.estado <> OLD.estado) EXECUTE FUNCTION feria_convocatoria_impugnada();
