-- As 0207_subasta has it; and what had not ended when the notice was made ends later, though its end came while the notice
-- waited for the bids under way; so a bid that came in time, and waits for the notice, still is. Not later than the rule says.
CREATE OR REPLACE FUNCTION feria_subasta_prorrogar(p_acta uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    aviso feria_acta;
    nuevo timestamptz;
    movidas integer;
BEGIN
    SELECT * INTO aviso FROM feria_acta WHERE id = p_acta AND clase = 'interrupcion'
        AND hecha_en > nucleo_ahora() - interval '1 minute' AND hecha_en <= nucleo_ahora()
        AND contenido::jsonb ->> 'motivo' <> '';
    PERFORM feria_subasta_detener(aviso.convocatoria_id);
    nuevo := (aviso.contenido::jsonb ->> 'termina')::timestamptz;
    UPDATE feria_subasta_grupo g SET termina_en = nuevo
        FROM feria_convocatoria c
        WHERE g.convocatoria_id = aviso.convocatoria_id AND c.id = g.convocatoria_id AND c.estado = 'subasta'
            AND g.termina_en > aviso.hecha_en AND nuevo > g.termina_en
            AND nuevo <= aviso.hecha_en + make_interval(days => (c.reglas #>> '{valores,subasta_prorroga,valor}')::int);
    GET DIAGNOSTICS movidas = ROW_COUNT;
    RETURN movidas;
END $$;
