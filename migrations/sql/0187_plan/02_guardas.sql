-- A plan is of its entity and year for ever; published, it changes by versions while its year lasts, and only time ends
-- it.
CREATE FUNCTION feria_plan_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fin timestamptz;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'a published plan stays' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    fin := make_date(NEW.gestion + 1, 1, 1)::timestamp AT TIME ZONE 'America/La_Paz';
    IF to_jsonb(NEW) - ARRAY['estado', 'version', 'numero', 'publicado_en', 'terminado_en']
        <> to_jsonb(OLD) - ARRAY['estado', 'version', 'numero', 'publicado_en', 'terminado_en']
        OR OLD.estado <> 'borrador' AND (NEW.numero, NEW.publicado_en) IS DISTINCT FROM (OLD.numero, OLD.publicado_en)
        OR OLD.estado = 'terminado' THEN
        RAISE EXCEPTION 'what was published of a plan stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> OLD.version AND NOT (
        OLD.estado = 'publicado' AND NEW.estado = 'publicado' AND NEW.version = OLD.version + 1) THEN
        RAISE EXCEPTION 'a published plan changes by versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.estado = 'terminado') <> (fin <= nucleo_ahora()) AND (NEW.estado, NEW.version) <> (OLD.estado, OLD.version)
    THEN
        RAISE EXCEPTION 'a plan is of its year' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_plan_guarda BEFORE UPDATE OR DELETE ON feria_plan
    FOR EACH ROW EXECUTE FUNCTION feria_plan_guarda();

-- What is published is written: at the commit its text is there.
CREATE FUNCTION feria_plan_con_su_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feria_plan_version WHERE plan_id = NEW.id AND version = NEW.version) THEN
        RAISE EXCEPTION 'a version without its text' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_plan_con_su_version AFTER UPDATE ON feria_plan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado <> 'borrador')
    EXECUTE FUNCTION feria_plan_con_su_version();

-- The lines of a draft change; those of a published plan, with a version that is not written yet, and none goes.
CREATE FUNCTION feria_plan_linea_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF TG_OP = 'UPDATE' AND OLD.retirada THEN
        RAISE EXCEPTION 'what was taken out stays out' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    NEW.busqueda := setweight(to_tsvector('feria_es', nucleo_en_palabras(NEW.objeto)), 'A');
    RETURN NEW;
END $$;
CREATE TRIGGER feria_plan_linea_guarda BEFORE INSERT OR UPDATE OR DELETE ON feria_plan_linea
    FOR EACH ROW EXECUTE FUNCTION feria_plan_linea_guarda();

-- A version is written when it is made, and stays.
CREATE FUNCTION feria_plan_version_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_plan WHERE id = NEW.plan_id AND estado = 'publicado' AND version = NEW.version;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a version is written when it is made' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_plan_version_guarda BEFORE INSERT ON feria_plan_version
    FOR EACH ROW EXECUTE FUNCTION feria_plan_version_guarda();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_plan_version
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();

-- A process is begun from a line of its own entity's plan as it is in force; it leaves it with its draft only.
CREATE FUNCTION feria_plan_proceso_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM feria_convocatoria WHERE id = OLD.convocatoria_id AND estado = 'borrador';
    ELSE
        PERFORM 1 FROM feria_convocatoria c
            JOIN feria_plan p ON p.id = NEW.plan_id AND p.unidad_id = c.unidad_id AND p.version = NEW.version
                AND p.estado = 'publicado'
            JOIN feria_plan_linea l ON l.id = NEW.linea_id AND NOT l.retirada
            WHERE c.id = NEW.convocatoria_id AND c.estado = 'borrador';
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a process begins from a line of the plan in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER feria_plan_proceso_guarda BEFORE INSERT OR DELETE ON feria_plan_proceso
    FOR EACH ROW EXECUTE FUNCTION feria_plan_proceso_guarda();
CREATE TRIGGER feria_plan_proceso_firme BEFORE UPDATE ON feria_plan_proceso
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
