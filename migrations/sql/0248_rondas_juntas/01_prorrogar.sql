-- As 0245 has it; and by rounds, where each thing has turns of its own, what is said is the end of the one that ends last, and
-- all that have not ended move by as much: an interruption takes the same time from each.
CREATE OR REPLACE FUNCTION feria_subasta_prorrogar(p_acta uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    aviso feria_acta;
    nuevo timestamptz;
    movidas integer;
    corte timestamptz;
    cuanto interval;
BEGIN
    SELECT * INTO aviso FROM feria_acta WHERE id = p_acta AND clase = 'interrupcion'
        AND hecha_en > nucleo_ahora() - interval '1 minute' AND hecha_en <= nucleo_ahora()
        AND contenido::jsonb ->> 'motivo' <> '';
    PERFORM feria_subasta_detener(aviso.convocatoria_id);
    corte := nucleo_ahora();
    nuevo := (aviso.contenido::jsonb ->> 'termina')::timestamptz;
    SELECT CASE WHEN s.rondas > 0 THEN nuevo - max(g.termina_en) END INTO cuanto
        FROM feria_subasta s JOIN feria_subasta_grupo g ON g.convocatoria_id = s.convocatoria_id
        WHERE s.convocatoria_id = aviso.convocatoria_id GROUP BY s.rondas;
    UPDATE feria_subasta_turno t SET hasta = t.hasta + cuanto,
            desde = CASE WHEN t.desde > corte THEN t.desde + cuanto ELSE t.desde END
        FROM feria_subasta_grupo g JOIN feria_convocatoria c ON c.id = g.convocatoria_id
        WHERE t.convocatoria_id = aviso.convocatoria_id AND g.convocatoria_id = t.convocatoria_id AND g.numero = t.grupo
            AND (t.hasta > corte OR t.hasta = g.termina_en) AND c.estado = 'subasta' AND g.termina_en > aviso.hecha_en
            AND cuanto > interval '0'
            AND nuevo <= aviso.hecha_en + make_interval(days => (c.reglas #>> '{valores,subasta_prorroga,valor}')::int);
    UPDATE feria_subasta_grupo g SET termina_en = coalesce(g.termina_en + cuanto, nuevo)
        FROM feria_convocatoria c
        WHERE g.convocatoria_id = aviso.convocatoria_id AND c.id = g.convocatoria_id AND c.estado = 'subasta'
            AND g.termina_en > aviso.hecha_en AND coalesce(cuanto > interval '0', nuevo > g.termina_en)
            AND nuevo <= aviso.hecha_en + make_interval(days => (c.reglas #>> '{valores,subasta_prorroga,valor}')::int);
    GET DIAGNOSTICS movidas = ROW_COUNT;
    RETURN movidas;
END $$;
