-- Two acts more: what was decided, said of labels alone, and after it who each label was. Once each.
ALTER TABLE feria_acta DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion',
        'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa', 'apertura_tecnica',
        'evaluacion_tecnica', 'decision', 'nombres')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version CHECK ((clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion',
        'mesa', 'apertura_tecnica', 'evaluacion_tecnica', 'decision', 'nombres')) = (version IS NULL) AND version > 1);
CREATE UNIQUE INDEX uq_feria_acta_decision ON feria_acta (convocatoria_id) WHERE clase = 'decision';
CREATE UNIQUE INDEX uq_feria_acta_nombres ON feria_acta (convocatoria_id) WHERE clase = 'nombres';

-- As 0252_dos_sobres has it; and of a quick quotation the two acts, each in its turn, no table of negotiation before it is decided, and
-- no act that holds the number or the id of who bid before something is awarded or deserted.
CREATE OR REPLACE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
    decidida boolean;
BEGIN
    IF NEW.clase = 'subasta' THEN
        PERFORM feria_subasta_detener(NEW.convocatoria_id);
    END IF;
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    decidida := NOT llamado.cotizacion_rapida
        OR EXISTS (SELECT FROM feria_adjudicacion a WHERE a.convocatoria_id = NEW.convocatoria_id);
    IF NOT (CASE
        WHEN NEW.clase = 'informe' THEN llamado.estado = 'evaluacion'
            AND (NEW.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'informe' AND a.contenido::jsonb ->> 'vez' = NEW.contenido::jsonb ->> 'vez')
        WHEN NEW.clase IN ('decision', 'nombres') THEN llamado.estado = 'evaluacion' AND llamado.cotizacion_rapida
            AND decidida = (NEW.clase = 'nombres')
        WHEN NEW.clase IN ('evaluacion', 'mesa') THEN llamado.estado = 'evaluacion' AND (decidida OR NEW.clase <> 'mesa')
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
    IF NOT decidida AND EXISTS (
        SELECT FROM feria_oferta o JOIN registro_unidad u ON u.id = o.unidad_id
        WHERE o.convocatoria_id = NEW.convocatoria_id
          AND (position(u.numero IN NEW.contenido) > 0 OR position(u.id::text IN NEW.contenido) > 0)
    ) THEN
        RAISE EXCEPTION 'an act tells who bid before it is decided' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What is awarded first is what was decided of its label.
CREATE FUNCTION feria_adjudicacion_a_ciegas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feria_convocatoria c WHERE c.id = NEW.convocatoria_id AND c.cotizacion_rapida) AND NOT EXISTS (
        SELECT FROM feria_acta a CROSS JOIN LATERAL jsonb_array_elements(a.contenido::jsonb -> 'decisiones') d
        WHERE a.convocatoria_id = NEW.convocatoria_id AND a.clase = 'decision'
          AND d ->> 'item_id' = NEW.item_id::text
          AND (d ->> 'oferta_id') IS NOT DISTINCT FROM
              (SELECT l.oferta_id::text FROM feria_oferta_linea l WHERE l.id = NEW.oferta_linea_id)
    ) THEN
        RAISE EXCEPTION 'feria_adjudicacion: item % was not decided of a label', NEW.item_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_adjudicacion_a_ciegas BEFORE INSERT ON feria_adjudicacion FOR EACH ROW
    WHEN (NEW.reemplaza_a IS NULL) EXECUTE FUNCTION feria_adjudicacion_a_ciegas();
