-- As 0170_informes has it; and once the report of a decision is signed, what it stands upon does not change.
CREATE OR REPLACE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
BEGIN
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    IF NOT (CASE
        WHEN NEW.clase = 'informe' THEN llamado.estado = 'evaluacion'
            AND (NEW.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'informe' AND a.contenido::jsonb ->> 'vez' = NEW.contenido::jsonb ->> 'vez')
        WHEN NEW.clase = 'evaluacion' THEN llamado.estado = 'evaluacion'
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'informe' AND (a.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1)
        WHEN NEW.version IS NULL THEN llamado.estado = NEW.clase
        ELSE llamado.versiones = NEW.version AND CASE NEW.clase
            WHEN 'suspension' THEN llamado.estado = 'suspendido'
            ELSE llamado.estado = 'publicado' END END) THEN
        RAISE EXCEPTION 'an act is written when it is done' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
