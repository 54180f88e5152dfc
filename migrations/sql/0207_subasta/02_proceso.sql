-- Whether the bids of a process go down in an auction: it says so in its call, and what there is has none. Only goods and
-- services, compared by their price alone or by quality and cost; never without a call, nor where its modality has no step.
ALTER TABLE feria_convocatoria ADD COLUMN subasta BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE feria_convocatoria ALTER COLUMN subasta DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_subasta CHECK (
        CASE WHEN NOT subasta THEN estado <> 'subasta'
            ELSE categoria IN ('bienes', 'servicios') AND metodo IN ('precio', 'calidad_y_costo')
                AND (estado = 'borrador' OR vence_en IS NOT NULL AND reglas #> '{valores,subasta_paso}' IS NOT NULL) END);

DROP TRIGGER feria_convocatoria_con_metodo ON feria_convocatoria;
CREATE TRIGGER feria_convocatoria_con_metodo BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'borrador' AND (NEW.metodo, NEW.puntos_tecnica, NEW.minimo_tecnica, NEW.subasta)
        IS DISTINCT FROM (OLD.metodo, OLD.puntos_tecnica, OLD.minimo_tecnica, OLD.subasta))
    EXECUTE FUNCTION feria_convocatoria_con_metodo();

-- What `VIDA_CONVOCATORIA.sql()` prints.
ALTER TABLE feria_convocatoria DROP CONSTRAINT IF EXISTS ck_feria_convocatoria_estado,
    ADD CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'publicado', 'suspendido', 'recepcion_cerrada', 'apertura_impedida', 'apertura', 'subasta', 'evaluacion', 'resuelto', 'impugnado', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado')
        WHEN 'publicado' THEN NEW.estado IN ('suspendido', 'recepcion_cerrada', 'cancelado')
        WHEN 'suspendido' THEN NEW.estado IN ('publicado', 'cancelado')
        WHEN 'recepcion_cerrada' THEN NEW.estado IN ('apertura_impedida', 'apertura', 'cancelado')
        WHEN 'apertura_impedida' THEN NEW.estado IN ('apertura', 'cancelado')
        WHEN 'apertura' THEN NEW.estado IN ('subasta', 'evaluacion')
        WHEN 'subasta' THEN NEW.estado IN ('evaluacion', 'cancelado')
        WHEN 'evaluacion' THEN NEW.estado IN ('resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'resuelto' THEN NEW.estado IN ('evaluacion', 'impugnado') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        WHEN 'impugnado' THEN NEW.estado IN ('evaluacion', 'resuelto') OR (NEW.estado = 'cancelado' AND OLD.items_ordenados = 0)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

-- An auction's act is written while it is held, with all its bids; so is each notice of an interruption.
ALTER TABLE feria_acta
    DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase
        CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion', 'informe', 'evaluacion',
            'subasta', 'interrupcion')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version
        CHECK ((clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion')) = (version IS NULL)
            AND version > 1);
CREATE UNIQUE INDEX uq_feria_acta_subasta ON feria_acta (convocatoria_id) WHERE clase = 'subasta';

-- As 0191_sobres_y_papeles has it; and a notice of an interruption is of an auction that is held.
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
        WHEN NEW.clase = 'interrupcion' THEN llamado.estado = 'subasta'
        WHEN NEW.version IS NULL THEN llamado.estado = NEW.clase
        ELSE llamado.versiones = NEW.version AND CASE NEW.clase
            WHEN 'suspension' THEN llamado.estado = 'suspendido'
            ELSE llamado.estado = 'publicado' END END) THEN
        RAISE EXCEPTION 'an act is written when it is done' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
