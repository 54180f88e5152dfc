-- Whether a text says every bid of an auction and whose each number was, and nothing that was not.
CREATE FUNCTION feria_subasta_dicha(p_convocatoria uuid, p_contenido jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH dichas AS (
        SELECT (g ->> 'item')::int AS grupo, (u ->> 'proponente')::int AS proponente, (u ->> 'numero')::int AS numero,
            (u ->> 'total')::numeric * 100 AS monto, (u ->> 'hecha')::timestamptz AS hecha_en, NULL::uuid AS oferta
        FROM jsonb_array_elements(p_contenido -> 'grupos') g, jsonb_array_elements(g -> 'pujas') u
        UNION ALL
        SELECT NULL, (q ->> 'proponente')::int, NULL, NULL, NULL, (q ->> 'oferta')::uuid
        FROM jsonb_array_elements(p_contenido -> 'proponentes') q
    ), hechas AS (
        SELECT p.grupo::int, p.proponente::int, u.numero, u.monto::numeric, u.hecha_en, NULL::uuid
        FROM feria_subasta_participante p JOIN feria_puja u ON u.participante_id = p.id
        WHERE p.convocatoria_id = p_convocatoria AND u.numero > 0
        UNION ALL
        (SELECT DISTINCT NULL::int, p.proponente::int, NULL::int, NULL::numeric, NULL::timestamptz, p.oferta_id
        FROM feria_subasta_participante p WHERE p.convocatoria_id = p_convocatoria)
    )
    SELECT NOT EXISTS ((TABLE dichas EXCEPT ALL TABLE hechas) UNION ALL (TABLE hechas EXCEPT ALL TABLE dichas))
$$;

-- As 0207_subasta has it; and the act of an auction is written once nobody bids any more, and says what was bid. It, and a
-- notice, have the number that follows, so that the one after them can be written.
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
        WHEN NEW.clase = 'evaluacion' THEN llamado.estado = 'evaluacion'
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
