-- As 0028_actos has it; and what was granted within a limit by day or month takes of that limit too, so that nobody
-- has more by granting to friends. What is granted within a limit has one, so the way up ends where there is none;
-- the common act, by a mandate without limits, does not look up.
CREATE OR REPLACE FUNCTION registro_mandatos_en_uso(p_cadena uuid[]) RETURNS SETOF registro_mandato
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_ids uuid[];
BEGIN
    v_ids := ARRAY(
        WITH suyos AS (
            SELECT unnest(p_cadena) AS id
            UNION
            SELECT unnest(mandatos) FROM registro_acto
            WHERE transaccion = pg_current_xact_id_if_assigned()::text::bigint AND mandatos && p_cadena)
        SELECT id FROM suyos UNION SELECT d.delegado_de FROM registro_mandato d JOIN suyos USING (id));
    IF EXISTS (SELECT FROM registro_mandato m WHERE m.id = ANY (v_ids) AND m.otorgado_por <> '{}'
               AND num_nonnulls(m.limite_dia, m.limite_mes) > 0) THEN
        v_ids := v_ids || ARRAY(
            WITH RECURSIVE arriba AS (
                SELECT m.id, m.otorgado_por FROM registro_mandato m
                WHERE m.id = ANY (v_ids) AND num_nonnulls(m.limite_dia, m.limite_mes) > 0
                UNION
                SELECT o.id, o.otorgado_por FROM arriba a JOIN registro_mandato o ON o.id = ANY (a.otorgado_por)
                WHERE num_nonnulls(o.limite_dia, o.limite_mes) > 0)
            SELECT id FROM arriba);
    END IF;
    RETURN QUERY SELECT m.* FROM registro_mandato m WHERE m.id = ANY (v_ids);
END $$;
