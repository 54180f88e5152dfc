-- The acts of a process with two envelopes: the first opening, and the qualification of its technical part; once each.
ALTER TABLE feria_acta
    DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension',
        'reanudacion', 'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa', 'apertura_tecnica',
        'evaluacion_tecnica')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version CHECK (
        (clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa', 'apertura_tecnica',
            'evaluacion_tecnica')) = (version IS NULL)
        AND version > 1);
CREATE UNIQUE INDEX uq_feria_acta_apertura_tecnica ON feria_acta (convocatoria_id) WHERE clase = 'apertura_tecnica';
CREATE UNIQUE INDEX uq_feria_acta_evaluacion_tecnica ON feria_acta (convocatoria_id) WHERE clase = 'evaluacion_tecnica';

-- As 0240_mesa has it; and of a technical part passes who has no cause against them and reaches the minimum.
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
        WHEN NEW.clase = 'apertura_tecnica' THEN llamado.estado = 'evaluacion_tecnica' AND llamado.dos_sobres
        WHEN NEW.clase = 'evaluacion_tecnica' THEN llamado.estado = 'evaluacion_tecnica'
            AND EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'apertura_tecnica')
            AND NOT EXISTS (SELECT FROM jsonb_array_elements(NEW.contenido::jsonb -> 'ofertas') o
                WHERE (o ->> 'pasa')::boolean <> (o ->> 'causa' IS NULL
                    AND coalesce((o ->> 'puntos')::numeric, 0) BETWEEN llamado.minimo_tecnica AND llamado.puntos_tecnica))
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

-- The first opening is one transaction too, with its act.
CREATE FUNCTION feria_apertura_tecnica_entera() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_acta a WHERE a.convocatoria_id = NEW.id AND a.clase = 'apertura_tecnica';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an opening ends with its act' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_apertura_tecnica_entera AFTER UPDATE ON feria_convocatoria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.estado = 'evaluacion_tecnica' AND OLD.estado <> 'evaluacion_tecnica')
    EXECUTE FUNCTION feria_apertura_tecnica_entera();
