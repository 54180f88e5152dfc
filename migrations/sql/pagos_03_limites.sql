-- The limits in force at an instant, indexed by level (1..9). A level without rows takes the nearest lower one.
CREATE TYPE pagos_limites AS (
    salida_tx bigint, salida_dia bigint, salida_mes bigint, salidas_dia integer, salidas_mes integer,
    entrada_tx bigint, entrada_dia bigint, entrada_mes bigint, entradas_dia integer, entradas_mes integer
);

CREATE FUNCTION pagos_limites_en(p_nivel smallint, p_instante timestamptz) RETURNS pagos_limites
LANGUAGE plpgsql STABLE AS $$
DECLARE
    r pagos_limites;
    l pagos_limite;
BEGIN
    SELECT * INTO l FROM pagos_limite
    WHERE nivel <= p_nivel AND direccion = 'salida' AND vigente_desde <= p_instante
    ORDER BY nivel DESC, vigente_desde DESC LIMIT 1;
    r.salida_tx := l.por_transaccion; r.salida_dia := l.por_dia; r.salida_mes := l.por_mes;
    r.salidas_dia := l.cantidad_dia; r.salidas_mes := l.cantidad_mes;
    SELECT * INTO l FROM pagos_limite
    WHERE nivel <= p_nivel AND direccion = 'entrada' AND vigente_desde <= p_instante
    ORDER BY nivel DESC, vigente_desde DESC LIMIT 1;
    r.entrada_tx := l.por_transaccion; r.entrada_dia := l.por_dia; r.entrada_mes := l.por_mes;
    r.entradas_dia := l.cantidad_dia; r.entradas_mes := l.cantidad_mes;
    RETURN r;
END $$;
