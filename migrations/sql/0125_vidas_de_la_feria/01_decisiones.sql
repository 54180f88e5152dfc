-- A process, and each item it asks for, have a life of their own; decisions are added one to another.

ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
ALTER TABLE feria_convocatoria
    ADD COLUMN items_adjudicados SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN resoluciones SMALLINT NOT NULL DEFAULT 0;
UPDATE feria_convocatoria c SET
    resoluciones = 1,
    items_adjudicados = (SELECT count(*) FROM feria_adjudicacion a
        WHERE a.convocatoria_id = c.id AND a.resultado = 'adjudicado')
    WHERE resuelto_en IS NOT NULL;
-- States that no act took hold no row.
ALTER TABLE feria_convocatoria DROP CONSTRAINT ck_feria_convocatoria_estado;
UPDATE feria_convocatoria SET estado = 'resuelto' WHERE estado IN ('adjudicado', 'desierto', 'contratado');
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
ALTER TABLE feria_convocatoria
    ALTER COLUMN items_adjudicados DROP DEFAULT,
    ALTER COLUMN resoluciones DROP DEFAULT,
    DROP CONSTRAINT ck_feria_convocatoria_publicada,
    DROP CONSTRAINT ck_feria_convocatoria_cancelacion,
    ADD CONSTRAINT ck_feria_convocatoria_publicada CHECK (
        estado = 'borrador' OR (cuce IS NOT NULL AND
        ocid IS NOT NULL AND modalidad_id IS NOT NULL AND reglas IS NOT NULL AND
        publicado_en IS NOT NULL AND vence_en IS NOT NULL AND monto_referencial > 0)),
    ADD CONSTRAINT ck_feria_convocatoria_cancelacion
        CHECK ((cancelado_en IS NOT NULL) = (estado = 'cancelado')),
    ADD CONSTRAINT ck_feria_convocatoria_resuelto_en CHECK (estado <> 'resuelto' OR resuelto_en IS NOT NULL),
    ADD CONSTRAINT ck_feria_convocatoria_contratado_en
        CHECK (contratado_en IS NULL OR resuelto_en IS NOT NULL),
    ADD CONSTRAINT ck_feria_convocatoria_resoluciones CHECK (items_adjudicados >= 0 AND resoluciones >= 0);

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
    IF NEW.estado <> OLD.estado AND NEW.estado IN ('recepcion_cerrada', 'apertura')
        AND nucleo_ahora() < NEW.vence_en THEN
        RAISE EXCEPTION 'the deadline has not passed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What an item is, its last decision says.
ALTER TABLE feria_item DISABLE TRIGGER USER;
ALTER TABLE feria_item ADD COLUMN estado VARCHAR(13) NOT NULL DEFAULT 'pedido';
UPDATE feria_item i SET estado = a.resultado FROM feria_adjudicacion a WHERE a.item_id = i.id;
ALTER TABLE feria_item ALTER COLUMN estado DROP DEFAULT;
ALTER TABLE feria_item ENABLE TRIGGER USER;

CREATE OR REPLACE FUNCTION feria_item_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END;
BEGIN
    IF (SELECT estado FROM feria_convocatoria WHERE id = llamado) <> 'borrador' AND (
        TG_OP <> 'UPDATE' OR
        to_jsonb(NEW) - 'estado' IS DISTINCT FROM to_jsonb(OLD) - 'estado'
    ) THEN
        RAISE EXCEPTION 'the items of a published call do not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

ALTER TABLE feria_adjudicacion
    DROP CONSTRAINT uq_feria_adjudicacion_item_id,
    DROP CONSTRAINT ck_feria_adjudicacion_resultado,
    ALTER COLUMN resultado TYPE VARCHAR(13),
    ADD COLUMN reemplaza_a UUID,
    ADD CONSTRAINT uq_feria_adjudicacion_id_item_id UNIQUE (id, item_id),
    ADD CONSTRAINT uq_feria_adjudicacion_reemplaza_a UNIQUE (reemplaza_a),
    ADD CONSTRAINT fk_feria_adjudicacion_reemplaza_a_item_id
        FOREIGN KEY (reemplaza_a, item_id) REFERENCES feria_adjudicacion (id, item_id),
    ADD CONSTRAINT ck_feria_adjudicacion_resultado
        CHECK (resultado IN ('adjudicado', 'desistido', 'descalificado', 'desierto'));
CREATE UNIQUE INDEX uq_feria_adjudicacion_primera ON feria_adjudicacion (item_id) WHERE reemplaza_a IS NULL;

CREATE OR REPLACE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado text := (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id);
BEGIN
    IF llamado <> 'evaluacion' AND NOT (llamado = 'resuelto' AND NEW.resultado IN ('desistido', 'descalificado')) THEN
        RAISE EXCEPTION 'the call is not under evaluation' USING ERRCODE = 'restrict_violation';
    END IF;
    -- Above what was asked nothing is awarded (a cause of rejection).
    IF NEW.total > (SELECT total_referencial FROM feria_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'an award above the reference' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM feria_orden_linea WHERE adjudicacion_id = NEW.reemplaza_a) THEN
        RAISE EXCEPTION 'what was ordered is not decided again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- The item takes the state of the decision, by the item's own life: the application may not write it.
CREATE FUNCTION feria_item_decidido() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE feria_item SET estado = NEW.resultado WHERE id = NEW.item_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_item_decidido() FROM PUBLIC;
CREATE TRIGGER feria_item_decidido AFTER INSERT ON feria_adjudicacion
    FOR EACH ROW EXECUTE FUNCTION feria_item_decidido();

-- Only an award in force is ordered.
CREATE FUNCTION feria_orden_linea_en_vigor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feria_adjudicacion WHERE reemplaza_a = NEW.adjudicacion_id) THEN
        RAISE EXCEPTION 'an award that fell is not ordered' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_orden_linea_en_vigor BEFORE INSERT ON feria_orden_linea
    FOR EACH ROW EXECUTE FUNCTION feria_orden_linea_en_vigor();
