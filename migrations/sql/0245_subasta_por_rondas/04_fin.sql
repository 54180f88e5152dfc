-- As 0221_subasta_firme has it; and by rounds the turn under way, or the last one, ends later by as much as the whole, and so is
-- each after it: no bid is under way, and those that were made stay in their turns.
CREATE OR REPLACE FUNCTION feria_subasta_prorrogar(p_acta uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    aviso feria_acta;
    nuevo timestamptz;
    movidas integer;
    corte timestamptz;
BEGIN
    SELECT * INTO aviso FROM feria_acta WHERE id = p_acta AND clase = 'interrupcion'
        AND hecha_en > nucleo_ahora() - interval '1 minute' AND hecha_en <= nucleo_ahora()
        AND contenido::jsonb ->> 'motivo' <> '';
    PERFORM feria_subasta_detener(aviso.convocatoria_id);
    corte := nucleo_ahora();
    nuevo := (aviso.contenido::jsonb ->> 'termina')::timestamptz;
    UPDATE feria_subasta_turno t SET hasta = t.hasta + (nuevo - g.termina_en),
            desde = CASE WHEN t.desde > corte THEN t.desde + (nuevo - g.termina_en) ELSE t.desde END
        FROM feria_subasta_grupo g JOIN feria_convocatoria c ON c.id = g.convocatoria_id
        WHERE t.convocatoria_id = aviso.convocatoria_id AND g.convocatoria_id = t.convocatoria_id AND g.numero = t.grupo
            AND (t.hasta > corte OR t.hasta = g.termina_en) AND c.estado = 'subasta' AND g.termina_en > aviso.hecha_en AND nuevo > g.termina_en
            AND nuevo <= aviso.hecha_en + make_interval(days => (c.reglas #>> '{valores,subasta_prorroga,valor}')::int);
    UPDATE feria_subasta_grupo g SET termina_en = nuevo
        FROM feria_convocatoria c
        WHERE g.convocatoria_id = aviso.convocatoria_id AND c.id = g.convocatoria_id AND c.estado = 'subasta'
            AND g.termina_en > aviso.hecha_en AND nuevo > g.termina_en
            AND nuevo <= aviso.hecha_en + make_interval(days => (c.reglas #>> '{valores,subasta_prorroga,valor}')::int);
    GET DIAGNOSTICS movidas = ROW_COUNT;
    RETURN movidas;
END $$;
