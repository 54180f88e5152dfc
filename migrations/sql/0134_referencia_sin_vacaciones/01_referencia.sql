-- The lowest price at which a variant was sold in the days before an instant that the rule of then says, promotions
-- too; null when it was not yet on sale, with a price, when they began, or could be bought for less than half of them.
-- While its seller is away nobody buys it: a price of those days is nobody's.
CREATE OR REPLACE FUNCTION comercio_precio_de_referencia(cual uuid, en timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
    WITH ventana AS (
        SELECT en - make_interval(days => r.dias) AS inicio FROM comercio_regla_de_referencia r
        WHERE CAST(en AT TIME ZONE 'America/La_Paz' AS date)
              BETWEEN r.vigente_desde AND coalesce(r.vigente_hasta, 'infinity')
    ), tuvo AS (
        SELECT h.precio, h.desde, coalesce(lead(h.desde) OVER (ORDER BY h.id), 'infinity') AS hasta
        FROM comercio_precio_de_variante h WHERE h.variante_id = cual
    ), ausencias AS (
        SELECT greatest(a.creado_en, CAST(a.desde AS timestamp) AT TIME ZONE 'America/La_Paz') AS desde,
               least(a.terminadas_en, CAST(a.hasta + 1 AS timestamp) AT TIME ZONE 'America/La_Paz') AS hasta
        FROM comercio_variante v JOIN comercio_vacaciones a ON a.vendedor_id = v.vendedor_id WHERE v.id = cual
    ), vendido AS (
        SELECT lower(tramo) AS desde, coalesce(upper(tramo), 'infinity') AS hasta
        FROM unnest(
            (SELECT range_agg(tstzrange(s.desde, s.hasta))
             FROM comercio_variante v JOIN comercio_en_venta s ON s.producto_id = v.producto_id WHERE v.id = cual)
            - coalesce((SELECT range_agg(tstzrange(a.desde, a.hasta)) FROM ausencias a WHERE a.desde < a.hasta),
                       '{}')) AS tramo
    ), valio AS (
        SELECT t.precio, greatest(t.desde, s.desde, w.inicio) AS desde, least(t.hasta, s.hasta, en) AS hasta
        FROM ventana w, tuvo t, vendido s
        WHERE greatest(t.desde, s.desde, w.inicio) < least(t.hasta, s.hasta, en)
    ), rebajas AS (
        SELECT comercio_rebajado(p.clase, p.valor, x.precio) AS precio
        FROM comercio_variante v
        JOIN comercio_promocion p ON p.vendedor_id = v.vendedor_id
        JOIN comercio_promocion_tramo y ON y.promocion_id = p.id AND y.desde < y.hasta
        JOIN valio x ON y.desde < x.hasta AND y.hasta > x.desde
        WHERE v.id = cual AND (p.alcance = 'tienda' OR EXISTS (
            SELECT FROM comercio_promocion_variante e WHERE e.promocion_id = p.id AND e.variante_id = cual))
    )
    SELECT least((SELECT min(precio) FROM valio), (SELECT min(precio) FROM rebajas WHERE precio > 0)) FROM ventana w
    WHERE w.inicio >= (SELECT min(desde) FROM tuvo) AND w.inicio >= (SELECT min(desde) FROM vendido)
      AND (SELECT 2 * sum(hasta - desde) FROM valio) >= en - w.inicio
$$;
CREATE INDEX ix_comercio_vacaciones_vendedor_id ON comercio_vacaciones (vendedor_id);
