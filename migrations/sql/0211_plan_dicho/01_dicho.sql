-- What the plan said of a process when it was begun is kept with it: each of its acts tells it again, without reading the
-- whole plan.
ALTER TABLE feria_plan_proceso ADD COLUMN dicho TEXT;
ALTER TABLE feria_plan_proceso DISABLE TRIGGER feria_plan_proceso_firme;
UPDATE feria_plan_proceso e SET dicho = l.linea::text
    FROM feria_plan_version v
    CROSS JOIN LATERAL jsonb_array_elements(v.contenido::jsonb -> 'plan' -> 'lineas') AS l (linea)
    WHERE v.plan_id = e.plan_id AND v.version = e.version AND l.linea ->> 'id' = e.linea_id::text;
ALTER TABLE feria_plan_proceso ENABLE TRIGGER feria_plan_proceso_firme;
ALTER TABLE feria_plan_proceso ALTER COLUMN dicho SET NOT NULL;

-- A process is begun from a line of its own entity's plan as it is in force, while the year of the plan lasts: also
-- before the sweep says that it is over. It leaves it with its draft only.
CREATE OR REPLACE FUNCTION feria_plan_proceso_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM feria_convocatoria WHERE id = OLD.convocatoria_id AND estado = 'borrador';
    ELSE
        PERFORM 1 FROM feria_convocatoria c
            JOIN feria_plan p ON p.id = NEW.plan_id AND p.unidad_id = c.unidad_id AND p.version = NEW.version
                AND p.estado = 'publicado'
                AND make_date(p.gestion + 1, 1, 1)::timestamp AT TIME ZONE 'America/La_Paz' > nucleo_ahora()
            JOIN feria_plan_linea l ON l.id = NEW.linea_id AND NOT l.retirada
            WHERE c.id = NEW.convocatoria_id AND c.estado = 'borrador';
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a process begins from a line of the plan in force' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT l.linea::text INTO NEW.dicho
        FROM feria_plan_version v
        CROSS JOIN LATERAL jsonb_array_elements(v.contenido::jsonb -> 'plan' -> 'lineas') AS l (linea)
        WHERE v.plan_id = NEW.plan_id AND v.version = NEW.version AND l.linea ->> 'id' = NEW.linea_id::text;
    RETURN NEW;
END $$;
