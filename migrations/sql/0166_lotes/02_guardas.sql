-- Whether the items of a process are in its lots: each in one and none empty where lots are awarded, no lot elsewhere.
CREATE FUNCTION feria_lotes_enteros(proceso uuid, forma text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN forma <> 'lote' THEN NOT EXISTS (SELECT FROM feria_lote WHERE convocatoria_id = proceso)
        ELSE NOT EXISTS (SELECT FROM feria_item WHERE convocatoria_id = proceso AND lote IS NULL)
            AND NOT EXISTS (SELECT FROM feria_lote l WHERE l.convocatoria_id = proceso
                AND NOT EXISTS (SELECT FROM feria_item i WHERE i.convocatoria_id = proceso AND i.lote = l.numero))
        END
$$;

CREATE FUNCTION feria_convocatoria_por_lotes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.estado <> 'borrador' AND NEW.adjudica_por <> OLD.adjudica_por THEN
        RAISE EXCEPTION 'what a published call awards at once does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'borrador' AND NEW.estado <> 'borrador'
        AND NOT feria_lotes_enteros(NEW.id, NEW.adjudica_por) THEN
        RAISE EXCEPTION 'each item is in its lot' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_por_lotes BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.adjudica_por <> OLD.adjudica_por OR OLD.estado = 'borrador' AND NEW.estado <> 'borrador')
    EXECUTE FUNCTION feria_convocatoria_por_lotes();

CREATE FUNCTION feria_lote_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR (SELECT estado FROM feria_convocatoria
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END) <> 'borrador' THEN
        RAISE EXCEPTION 'the lots of a published call do not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER feria_lote_congelado BEFORE INSERT OR UPDATE OR DELETE ON feria_lote
    FOR EACH ROW EXECUTE FUNCTION feria_lote_congelado();

-- A version may bring items of its own: at the commit they are in the lots that there were.
CREATE FUNCTION feria_item_en_su_lote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT c.estado = 'borrador' OR feria_lotes_enteros(c.id, c.adjudica_por)
        FROM feria_convocatoria c WHERE c.id = NEW.convocatoria_id) THEN
        RAISE EXCEPTION 'each item is in its lot' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_item_en_su_lote AFTER INSERT ON feria_item
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_item_en_su_lote();

-- As 0151_impugnaciones has it; and where more than an item is awarded at once its amounts are those of the whole.
CREATE OR REPLACE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
    pedido feria_item;
BEGIN
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    IF NOT (CASE NEW.resultado
        WHEN 'revocado' THEN llamado.estado = 'impugnado'
        WHEN 'adjudicado' THEN llamado.estado = 'evaluacion'
        WHEN 'desierto' THEN llamado.estado = 'evaluacion'
        ELSE llamado.estado IN ('evaluacion', 'resuelto', 'impugnado') END) THEN
        RAISE EXCEPTION 'the call is not under evaluation' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO pedido FROM feria_item WHERE id = NEW.item_id;
    -- Above what was asked nothing is awarded (a cause of rejection).
    IF llamado.adjudica_por = 'item' AND NEW.total > pedido.total_referencial THEN
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
    IF llamado.adjudica_por = 'item' AND NEW.es_menor_precio AND NEW.total > (
        SELECT min(total) FROM feria_oferta_linea
        WHERE convocatoria_id = NEW.convocatoria_id AND item_id = NEW.item_id
    ) THEN
        RAISE EXCEPTION 'it is not the lowest price' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A lot, or all, is decided at once: at the commit its items are the same, by one act and of one bid, which is not above
-- the reference of them all, and the lowest of those that answer them all only when it is.
CREATE FUNCTION feria_decision_entera() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    forma text := (SELECT adjudica_por FROM feria_convocatoria WHERE id = NEW.convocatoria_id);
    suyos uuid[];
    dicho record;
BEGIN
    IF forma = 'item' THEN
        RETURN NULL;
    END IF;
    SELECT array_agg(id) INTO suyos FROM feria_item WHERE convocatoria_id = NEW.convocatoria_id
        AND (forma = 'total' OR lote = (SELECT lote FROM feria_item WHERE id = NEW.item_id));
    SELECT count(*) AS cuantos, count(DISTINCT (a.resultado, a.decidida_en, l.oferta_id)) AS distintas,
           sum(a.total) AS total, sum(i.total_referencial) AS referencia, bool_or(a.es_menor_precio) AS menor
        INTO dicho
        FROM feria_adjudicacion a JOIN feria_item i ON i.id = a.item_id
        LEFT JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id
        WHERE a.item_id = ANY (suyos)
            AND NOT EXISTS (SELECT FROM feria_adjudicacion r WHERE r.reemplaza_a = a.id);
    IF dicho.cuantos <> cardinality(suyos) OR dicho.distintas <> 1 THEN
        RAISE EXCEPTION 'a lot is decided as a whole' USING ERRCODE = 'restrict_violation';
    END IF;
    IF dicho.total > dicho.referencia THEN
        RAISE EXCEPTION 'an award above the reference' USING ERRCODE = 'restrict_violation';
    END IF;
    IF dicho.menor AND dicho.total > (
        SELECT min(suma) FROM (SELECT sum(total) AS suma FROM feria_oferta_linea WHERE item_id = ANY (suyos)
            GROUP BY oferta_id HAVING count(*) = cardinality(suyos)) enteras
    ) THEN
        RAISE EXCEPTION 'it is not the lowest price' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_decision_entera AFTER INSERT ON feria_adjudicacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_decision_entera();
