-- What was said at a mesa de negociación: an act of a process under evaluation, until a report is signed.
ALTER TABLE feria_acta
    DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension',
        'reanudacion', 'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version CHECK (
        (clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa')) = (version IS NULL)
        AND version > 1);

-- As 0221_subasta_firme has it.
CREATE OR REPLACE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
BEGIN
    IF NEW.clase = 'subasta' THEN
        PERFORM feria_subasta_detener(NEW.convocatoria_id);
    END IF;
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    IF NOT (CASE
        WHEN NEW.clase = 'informe' THEN llamado.estado = 'evaluacion'
            AND (NEW.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'informe' AND a.contenido::jsonb ->> 'vez' = NEW.contenido::jsonb ->> 'vez')
        WHEN NEW.clase IN ('evaluacion', 'mesa') THEN llamado.estado = 'evaluacion'
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'informe' AND (a.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1)
        WHEN NEW.clase IN ('interrupcion', 'subasta') THEN coalesce(llamado.estado = 'subasta'
            AND NEW.numero = 1 + (SELECT count(*) FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id)
            AND CASE NEW.clase WHEN 'interrupcion' THEN NEW.contenido::jsonb ->> 'motivo' <> ''
                ELSE feria_subasta_dicha(NEW.convocatoria_id, NEW.contenido::jsonb) AND (SELECT max(g.termina_en)
                    FROM feria_subasta_grupo g WHERE g.convocatoria_id = NEW.convocatoria_id) <= nucleo_ahora() END, false)
        WHEN NEW.version IS NULL THEN llamado.estado = NEW.clase
        ELSE llamado.versiones = NEW.version AND CASE NEW.clase
            WHEN 'suspension' THEN llamado.estado = 'suspendido'
            ELSE llamado.estado = 'publicado' END END) THEN
        RAISE EXCEPTION 'an act is written when it is done' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
