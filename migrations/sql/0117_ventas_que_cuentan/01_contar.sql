-- What a unit's orders say of it at an instant, by the rule of that day: those that were received by then, and
-- those that its own fault spoiled. What a buyer gave up, or is still under way, says nothing of who sells.
CREATE OR REPLACE FUNCTION comercio_reputacion_de(p_unidad uuid, p_hasta timestamptz) RETURNS TABLE (
    regla_id uuid, dias integer, ventas integer, reclamos integer, tardes integer, canceladas integer, clase text)
LANGUAGE sql STABLE AS $$
    WITH regla AS (
        SELECT * FROM comercio_regla_reputacion
        WHERE vigente_desde <= (p_hasta AT TIME ZONE 'America/La_Paz')::date ORDER BY vigente_desde DESC LIMIT 1),
    cuentan AS MATERIALIZED (
        SELECT p.id, p.creado_en FROM comercio_pedido p, regla r WHERE p.vendedor_id = p_unidad
        AND p.creado_en <= p_hasta AND p.creado_en > p_hasta - make_interval(days => r.dias_si_pocas)
        AND (EXISTS (SELECT FROM comercio_falta f WHERE f.pedido_id = p.id AND f.ocurrio_en <= p_hasta)
             OR (SELECT x.estado FROM comercio_pedido_paso x WHERE x.pedido_id = p.id AND x.ocurrio_en <= p_hasta
                 ORDER BY x.ocurrio_en DESC, x.id DESC LIMIT 1) IN ('entregado', 'concluido'))),
    ventana AS (
        SELECT r.*, CASE WHEN (
            SELECT count(*) FROM cuentan p WHERE p.creado_en > p_hasta - make_interval(days => r.dias))
            >= r.ventas_minimas THEN r.dias ELSE r.dias_si_pocas END AS ultimos
        FROM regla r),
    vendidos AS (
        SELECT p.id FROM cuentan p, ventana v WHERE p.creado_en > p_hasta - make_interval(days => v.ultimos)),
    hechos AS (
        SELECT (SELECT count(*)::integer FROM vendidos) AS ventas,
               (count(*) FILTER (WHERE f.falta = 'reclamo'))::integer AS reclamos,
               (count(*) FILTER (WHERE f.falta = 'tarde'))::integer AS tardes,
               (count(*) FILTER (WHERE f.falta = 'cancelada'))::integer AS canceladas
        FROM vendidos s JOIN comercio_falta f ON f.pedido_id = s.id AND f.ocurrio_en <= p_hasta)
    SELECT v.id, v.ultimos, h.ventas, h.reclamos, h.tardes, h.canceladas,
        CASE WHEN h.ventas < v.ventas_minimas THEN 'sin_historia'
             WHEN h.reclamos > greatest(v.tolerancia, h.ventas * v.reclamo_pb / 10000)
               OR h.tardes > greatest(v.tolerancia, h.ventas * v.tarde_pb / 10000)
               OR h.canceladas > greatest(v.tolerancia, h.ventas * v.cancelada_pb / 10000) THEN 'mala'
             ELSE 'buena' END
    FROM ventana v, hechos h
$$;

-- What was counted the other way is counted again, until the same midnight.
UPDATE comercio_reputacion r SET regla_id = d.regla_id, dias = d.dias, ventas = d.ventas, reclamos = d.reclamos,
    tardes = d.tardes, canceladas = d.canceladas, clase = d.clase
FROM comercio_reputacion x, comercio_reputacion_de(x.unidad_id, x.hasta) d WHERE x.unidad_id = r.unidad_id;
