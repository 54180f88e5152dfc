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
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
