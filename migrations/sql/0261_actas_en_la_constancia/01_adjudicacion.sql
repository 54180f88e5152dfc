-- One act more: what was awarded, to whom and for how much, each time that a process is decided.
ALTER TABLE feria_acta DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion',
        'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa', 'apertura_tecnica',
        'evaluacion_tecnica', 'decision', 'nombres', 'adjudicacion')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version CHECK ((clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion',
        'mesa', 'apertura_tecnica', 'evaluacion_tecnica', 'decision', 'nombres', 'adjudicacion')) = (version IS NULL)
        AND version > 1);

-- Whether these are the decisions of that instant, all of them and no others, each with the bid, the unit and the amount of its row.
CREATE FUNCTION feria_adjudicacion_dicha(p_convocatoria uuid, p_cuando timestamptz, dichas jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT jsonb_array_length(dichas) > 0 AND NOT EXISTS (
        SELECT FROM (SELECT a.item_id::text AS item, a.resultado::text AS resultado, l.oferta_id::text AS oferta,
                registro_numero_de(a.proveedor_id) AS registro, a.total / 100.0 AS total
            FROM feria_adjudicacion a LEFT JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id
            WHERE a.convocatoria_id = p_convocatoria AND a.decidida_en = p_cuando
                AND a.resultado IN ('adjudicado', 'desierto')) hecho
        FULL JOIN (SELECT d ->> 'item_id' AS item, d ->> 'resultado' AS resultado, d ->> 'oferta_id' AS oferta,
                d ->> 'registro' AS registro, (d ->> 'total')::numeric AS total
            FROM jsonb_array_elements(dichas) d) dicho ON dicho.item = hecho.item
        WHERE (dicho.item, dicho.resultado, dicho.oferta, dicho.registro, dicho.total)
            IS DISTINCT FROM (hecho.item, hecho.resultado, hecho.oferta, hecho.registro, hecho.total))
$$;

-- As 0254_actas_que_nombran has it; and of the award, its rows.
CREATE OR REPLACE FUNCTION feria_acta_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
    decidida boolean;
    dicho text;
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
        WHEN NEW.clase = 'adjudicacion' THEN llamado.estado = 'evaluacion'
            AND (NEW.contenido::jsonb ->> 'vez')::int = llamado.resoluciones + 1
            AND feria_adjudicacion_dicha(NEW.convocatoria_id, NEW.hecha_en, NEW.contenido::jsonb -> 'decisiones')
            AND NOT EXISTS (SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.convocatoria_id
                AND a.clase = 'adjudicacion' AND a.contenido::jsonb ->> 'vez' = NEW.contenido::jsonb ->> 'vez')
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
    IF NOT decidida AND NEW.version IS NULL THEN
        dicho := feria_acta_sin_textos(NEW.contenido::jsonb);
        IF EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = NEW.convocatoria_id
              AND (position(registro_numero_de(o.unidad_id) IN dicho) > 0
                OR position(o.unidad_id::text IN dicho) > 0)) THEN
            RAISE EXCEPTION 'an act tells who bid before it is decided' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
