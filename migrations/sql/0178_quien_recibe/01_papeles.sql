-- An entity names who receives what it buys from the catalogue; each process names its own.
ALTER TABLE feria_designacion DROP CONSTRAINT ck_feria_designacion_ambito,
    ADD CONSTRAINT ck_feria_designacion_ambito CHECK (
        CASE WHEN convocatoria_id IS NULL THEN papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'recepcion')
        ELSE papel IN ('rpc', 'rpa', 'solicitante', 'responsable', 'calificacion', 'recepcion') END);

-- Who is named works for the entity, holds no role that excludes it, and is not on both sides. Who receives what the entity
-- buys from the catalogue receives nothing of a process, so what they do in one excludes nothing.
CREATE OR REPLACE FUNCTION feria_designacion_nace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c feria_convocatoria%ROWTYPE;
    hoy date := (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date;
BEGIN
    IF NEW.convocatoria_id IS NOT NULL THEN
        SELECT * INTO c FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR UPDATE;
        IF c.unidad_id <> NEW.unidad_id OR c.estado IN ('borrador', 'cancelado') THEN
            RAISE EXCEPTION 'a role is of a public process of its entity' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.reemplaza_a IS NOT NULL AND NOT EXISTS (
        SELECT FROM feria_designacion d WHERE d.id = NEW.reemplaza_a AND d.papel = NEW.papel
            AND d.unidad_id = NEW.unidad_id AND d.convocatoria_id IS NOT DISTINCT FROM NEW.convocatoria_id
            AND d.cesada_en IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what is replaced has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.papel = 'responsable' THEN
        RETURN NEW;
    END IF;
    IF NOT registro_representa(NEW.persona_id, NEW.unidad_id) THEN
        RAISE EXCEPTION 'who is named works for the entity' USING ERRCODE = 'restrict_violation';
    END IF;
    IF c.abierto_en IS NOT NULL AND EXISTS (
        SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.estado = 'vigente'
            AND registro_representa(NEW.persona_id, o.unidad_id)
    ) THEN
        RAISE EXCEPTION 'nobody is on both sides' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM feria_designacion d JOIN feria_incompatibilidad i
            ON (i.papel, i.con) IN ((d.papel, NEW.papel), (NEW.papel, d.papel))
        WHERE d.unidad_id = NEW.unidad_id AND d.persona_id = NEW.persona_id AND d.cesada_en IS NULL
            AND (d.hasta IS NULL OR d.hasta > nucleo_ahora())
            AND (d.convocatoria_id IS NULL OR NEW.convocatoria_id IS NULL OR d.convocatoria_id = NEW.convocatoria_id)
            AND NOT (d.convocatoria_id IS NULL AND d.papel = 'recepcion' AND NEW.convocatoria_id IS NOT NULL)
            AND NOT (NEW.convocatoria_id IS NULL AND NEW.papel = 'recepcion' AND d.convocatoria_id IS NOT NULL)
            AND i.confirmado AND i.vigente_desde <= hoy AND (i.vigente_hasta IS NULL OR i.vigente_hasta >= hoy)
    ) THEN
        RAISE EXCEPTION 'one person does not hold both roles' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
