-- The lines of a draft change; those of a published plan, with a version that is not written yet, and none goes. What
-- changes is of the plan's revision, which no older one is. A line is public with its plan, and of the department where
-- it is delivered.
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
    NEW.publica := suyo.estado <> 'borrador';
    NEW.departamento := left(coalesce(NEW.municipio_ine, suyo.municipio_ine, ''), 2);
    RETURN NEW;
END $$;

-- What is published is published with all its lines.
CREATE FUNCTION feria_plan_mostrar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE feria_plan_linea SET revision = NEW.revision WHERE plan_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER feria_plan_mostrar AFTER UPDATE OF estado ON feria_plan FOR EACH ROW
    WHEN (OLD.estado = 'borrador' AND NEW.estado = 'publicado') EXECUTE FUNCTION feria_plan_mostrar();
