-- How many of the awarded items of a process are in an order: the others wait for theirs, and the desk shows them.
ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
ALTER TABLE feria_convocatoria ADD COLUMN items_ordenados SMALLINT NOT NULL DEFAULT 0;
UPDATE feria_convocatoria c SET items_ordenados = o.cuantos
    FROM (SELECT p.convocatoria_id, count(*) AS cuantos FROM feria_orden_de_compra p
          JOIN feria_orden_linea l ON l.orden_id = p.id GROUP BY p.convocatoria_id) o
    WHERE o.convocatoria_id = c.id;
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
ALTER TABLE feria_convocatoria
    ALTER COLUMN items_ordenados DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_items_ordenados
        CHECK (items_ordenados BETWEEN 0 AND items_adjudicados);

-- As 0125_vidas_de_la_feria has it; and when it was opened, ordered or cancelled, and why, is written once. What was
-- ordered is not cancelled, whatever the row says of itself.
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
        AND EXISTS (SELECT FROM feria_orden_de_compra WHERE convocatoria_id = NEW.id) THEN
        RAISE EXCEPTION 'what was ordered is not cancelled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0125_vidas_de_la_feria has it; and an award is what a bid says, by who made it, and the lowest price only when it
-- is. An item is not what it is already: before another award the one in force falls.
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
    IF EXISTS (SELECT FROM feria_orden_linea WHERE adjudicacion_id = NEW.reemplaza_a) THEN
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

-- A line of a bid wins once: what fell is not awarded to it again.
ALTER TABLE feria_adjudicacion ADD CONSTRAINT uq_feria_adjudicacion_oferta_linea_id UNIQUE (oferta_linea_id);

-- The act of opening is written while the envelopes are opened: not before, nor in the place of another one.
CREATE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id) <> NEW.clase THEN
        RAISE EXCEPTION 'an act is written when it is done' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_acta_en_su_acto BEFORE INSERT ON feria_acta
    FOR EACH ROW EXECUTE FUNCTION feria_acta_en_su_acto();

-- As 0125_vidas_de_la_feria has it; and of a resolved process, its own.
CREATE OR REPLACE FUNCTION feria_orden_linea_en_vigor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feria_adjudicacion WHERE reemplaza_a = NEW.adjudicacion_id) THEN
        RAISE EXCEPTION 'an award that fell is not ordered' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM feria_orden_de_compra o JOIN feria_convocatoria c ON c.id = o.convocatoria_id
        JOIN feria_adjudicacion a ON a.convocatoria_id = c.id
        WHERE o.id = NEW.orden_id AND a.id = NEW.adjudicacion_id AND c.estado = 'resuelto'
    ) THEN
        RAISE EXCEPTION 'only what is resolved is ordered' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A serial never begins again.
CREATE FUNCTION feria_serie_sigue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.ambito <> OLD.ambito OR NEW.ultimo <= OLD.ultimo THEN
        RAISE EXCEPTION 'a serial only goes on' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_serie_sigue BEFORE UPDATE OR DELETE ON feria_serie
    FOR EACH ROW EXECUTE FUNCTION feria_serie_sigue();
