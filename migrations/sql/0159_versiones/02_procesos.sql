-- As 0143_aceptar_la_orden has it; and a published process changes by versions, while it takes bids.
CREATE OR REPLACE FUNCTION feria_convocatoria_paso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'only a draft can be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.estado <> 'borrador' AND (
        NEW.id, NEW.unidad_id, NEW.categoria, NEW.municipio_ine, NEW.modalidad_id, NEW.reglas, NEW.cuce, NEW.ocid,
        NEW.convocatoria_anterior_id, NEW.publicado_en
    ) IS DISTINCT FROM (
        OLD.id, OLD.unidad_id, OLD.categoria, OLD.municipio_ine, OLD.modalidad_id, OLD.reglas, OLD.cuce, OLD.ocid,
        OLD.convocatoria_anterior_id, OLD.publicado_en
    ) THEN
        RAISE EXCEPTION 'a published call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    -- What bids are made for changes by a version, one after another, and the deadline never comes earlier.
    IF OLD.estado <> 'borrador' AND ((
        NEW.titulo, NEW.descripcion, NEW.lugar_entrega, NEW.plazo_entrega_dias, NEW.monto_referencial, NEW.vence_en,
        NEW.versiones, NEW.pedido_en
    ) IS DISTINCT FROM (
        OLD.titulo, OLD.descripcion, OLD.lugar_entrega, OLD.plazo_entrega_dias, OLD.monto_referencial, OLD.vence_en,
        OLD.versiones, OLD.pedido_en
    ) OR (OLD.estado, NEW.estado) IN (('publicado', 'suspendido'), ('suspendido', 'publicado'))) AND NOT (
        OLD.estado IN ('publicado', 'suspendido') AND NEW.estado IN ('publicado', 'suspendido')
        AND NEW.versiones = OLD.versiones + 1 AND NEW.pedido_en IN (OLD.pedido_en, NEW.versiones)
        AND OLD.vence_en IS NOT NULL AND NEW.vence_en >= OLD.vence_en
        AND (OLD.estado = 'suspendido' OR nucleo_ahora() < OLD.vence_en)
        AND (NEW.estado = 'suspendido' OR nucleo_ahora() < NEW.vence_en)
    ) THEN
        RAISE EXCEPTION 'a published call changes by versions' USING ERRCODE = 'restrict_violation';
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

-- A version is written when it begins: at the commit its act is there.
CREATE FUNCTION feria_convocatoria_con_su_acta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feria_acta WHERE convocatoria_id = NEW.id AND version = NEW.versiones) THEN
        RAISE EXCEPTION 'a version without its act' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_convocatoria_con_su_acta AFTER UPDATE ON feria_convocatoria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.versiones <> OLD.versiones)
    EXECUTE FUNCTION feria_convocatoria_con_su_acta();

-- As 0125_vidas_de_la_feria has it; and a version that is not written yet may bring items of its own.
CREATE OR REPLACE FUNCTION feria_item_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
BEGIN
    SELECT * INTO llamado FROM feria_convocatoria
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END;
    IF llamado.estado <> 'borrador' AND (
        TG_OP <> 'UPDATE' OR
        to_jsonb(NEW) - 'estado' IS DISTINCT FROM to_jsonb(OLD) - 'estado'
    ) AND NOT (
        llamado.estado = 'publicado' AND llamado.versiones > 1 AND llamado.pedido_en = llamado.versiones
        AND NOT EXISTS (
            SELECT FROM feria_acta WHERE convocatoria_id = llamado.id AND version = llamado.versiones)
    ) THEN
        RAISE EXCEPTION 'the items of a published call do not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- As 0133_decisiones_firmes has it; and the act of a version, in it.
CREATE OR REPLACE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
BEGIN
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    IF NOT (CASE WHEN NEW.version IS NULL THEN llamado.estado = NEW.clase
        ELSE llamado.versiones = NEW.version AND CASE NEW.clase
            WHEN 'suspension' THEN llamado.estado = 'suspendido'
            ELSE llamado.estado = 'publicado' END END) THEN
        RAISE EXCEPTION 'an act is written when it is done' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
