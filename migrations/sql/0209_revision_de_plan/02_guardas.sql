-- A plan is of its entity and year for ever; published, it changes by versions while its year lasts, and only time ends
-- it. Each change is a revision of it.
CREATE OR REPLACE FUNCTION feria_plan_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cambian CONSTANT text[] := ARRAY['estado', 'version', 'revision', 'numero', 'publicado_en', 'terminado_en'];
    fin timestamptz;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'a published plan stays' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    fin := make_date(NEW.gestion + 1, 1, 1)::timestamp AT TIME ZONE 'America/La_Paz';
    IF to_jsonb(NEW) - cambian <> to_jsonb(OLD) - cambian
        OR OLD.estado <> 'borrador' AND (NEW.numero, NEW.publicado_en) IS DISTINCT FROM (OLD.numero, OLD.publicado_en)
        OR OLD.estado = 'terminado' THEN
        RAISE EXCEPTION 'what was published of a plan stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> OLD.version AND NOT (
        OLD.estado = 'publicado' AND NEW.estado = 'publicado' AND NEW.version = OLD.version + 1) THEN
        RAISE EXCEPTION 'a published plan changes by versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION 'each change of a plan is a revision' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.estado = 'terminado') <> (fin <= nucleo_ahora()) AND (NEW.estado, NEW.version) <> (OLD.estado, OLD.version)
    THEN
        RAISE EXCEPTION 'a plan is of its year' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- The lines of a draft change; those of a published plan, with a version that is not written yet, and none goes. What
-- changes is of the plan's revision, which no older one is.
CREATE OR REPLACE FUNCTION feria_plan_linea_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    suyo feria_plan;
BEGIN
    SELECT * INTO suyo FROM feria_plan WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.plan_id ELSE NEW.plan_id END;
    IF suyo.estado = 'borrador' THEN
        IF TG_OP <> 'DELETE' AND (NEW.retirada OR NEW.version <> 1) THEN
            RAISE EXCEPTION 'a draft has no versions' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF TG_OP = 'DELETE' OR NEW.version <> suyo.version OR EXISTS (
        SELECT FROM feria_plan_version WHERE plan_id = suyo.id AND version = suyo.version) THEN
        RAISE EXCEPTION 'a published plan changes by versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.revision <> suyo.revision OR TG_OP = 'UPDATE' AND NEW.revision = OLD.revision THEN
        RAISE EXCEPTION 'a line changes with a revision of its plan' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.retirada THEN
        RAISE EXCEPTION 'what was taken out stays out' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.busqueda := setweight(to_tsvector('feria_es', nucleo_en_palabras(NEW.objeto)), 'A');
    RETURN NEW;
END $$;
