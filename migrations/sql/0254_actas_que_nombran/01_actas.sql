-- What a unit is called by in its papers, for the rooms that may not read the registry's tables.
CREATE FUNCTION registro_numero_de(p_unidad uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT numero FROM registro_unidad WHERE id = p_unidad
$$;

-- What an act says but the texts that people wrote in it: those of the call, of the bids, and the reasons of who decides. Any of
-- them may have the number of anybody; were that refused, who bids could keep the envelopes closed by writing the number of
-- another who does, and who writes a reason could try whose number it refuses.
CREATE FUNCTION feria_acta_sin_textos(contenido jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(CASE jsonb_typeof(par -> 'value') WHEN 'string' THEN par ->> 'value'
        ELSE jsonb_path_query_array(par -> 'value', 'strict $[*] ? (@.type() == "string")')::text END, ' ')
    FROM jsonb_path_query(contenido, 'strict $.** ? (@.type() == "object").keyvalue()') par
    WHERE jsonb_typeof(par -> 'value') IN ('string', 'array')
        AND par ->> 'key' NOT IN ('titulo', 'descripcion', 'marca', 'detalle', 'nombre', 'que', 'motivo', 'explicacion')
$$;

-- As 0253_cotizacion_rapida has it; and what tells who bid is looked for where an act names, not in the texts that it copies. How
-- a call changed is said by its entity alone, of no bid.
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
