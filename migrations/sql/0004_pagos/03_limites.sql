-- The limits in force at an instant for a level, both directions in one row; NULL is no limit of that kind.
-- A level without rows takes those of the nearest lower one.
CREATE TYPE pagos_limites AS (
    salida_tx bigint, salida_dia bigint, salida_mes bigint, salidas_dia integer, salidas_mes integer,
    entrada_tx bigint, entrada_dia bigint, entrada_mes bigint, entradas_dia integer, entradas_mes integer
);

CREATE FUNCTION pagos_limites_en(p_nivel smallint, p_instante timestamptz) RETURNS pagos_limites
LANGUAGE plpgsql STABLE AS $$
DECLARE
    r pagos_limites;
BEGIN
    SELECT s.por_transaccion, s.por_dia, s.por_mes, s.cantidad_dia, s.cantidad_mes,
           e.por_transaccion, e.por_dia, e.por_mes, e.cantidad_dia, e.cantidad_mes INTO r
    FROM (SELECT 1) uno
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel <= p_nivel AND direccion = 'salida' AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel <= p_nivel AND direccion = 'entrada' AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) e ON true;
    RETURN r;
END $$;
