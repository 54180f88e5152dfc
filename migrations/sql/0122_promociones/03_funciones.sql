-- What a price becomes: the discount is rounded half up to the centavo, once for each unit.
CREATE FUNCTION comercio_rebajado(clase text, valor bigint, precio bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT precio - CASE clase WHEN 'porcentaje' THEN CAST(round(precio * valor / 10000.0) AS bigint) ELSE valor END
$$;

-- The lowest price at which a variant was sold in the days before an instant that the rule of then says, promotions
-- too; null when it was not yet on sale, with a price, when they began, or was for less than half of them.
CREATE FUNCTION comercio_precio_de_referencia(cual uuid, en timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH ventana AS (
        SELECT en - make_interval(days => r.dias) AS inicio FROM comercio_regla_de_referencia r
        WHERE CAST(en AT TIME ZONE 'America/La_Paz' AS date)
              BETWEEN r.vigente_desde AND coalesce(r.vigente_hasta, 'infinity')
    ), tuvo AS (
        SELECT h.precio, h.desde, coalesce(lead(h.desde) OVER (ORDER BY h.id), 'infinity') AS hasta
        FROM comercio_precio_de_variante h WHERE h.variante_id = cual
    ), vendido AS (
        SELECT s.desde, coalesce(s.hasta, 'infinity') AS hasta
        FROM comercio_variante v JOIN comercio_en_venta s ON s.producto_id = v.producto_id WHERE v.id = cual
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

-- The promotion in force that leaves a variant at least, and with what it may be compared; null without one.
CREATE FUNCTION comercio_rebaja(cual uuid, de uuid, cuesta bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('promocion_id', m.id, 'nombre', m.nombre, 'clase', m.clase, 'valor', m.valor,
                              'hasta', m.hasta, 'referencia', comercio_precio_de_referencia(cual, m.empezo))
    FROM (SELECT p.id, p.nombre, p.clase, p.valor, p.hasta, t.desde AS empezo
          FROM comercio_promocion p
          JOIN comercio_promocion_tramo t ON t.promocion_id = p.id AND t.desde <= nucleo_ahora() AND nucleo_ahora() < t.hasta
          WHERE p.vendedor_id = de AND p.estado = 'activa' AND comercio_rebajado(p.clase, p.valor, cuesta) > 0
            AND (p.alcance = 'tienda' OR EXISTS (
                SELECT FROM comercio_promocion_variante e WHERE e.promocion_id = p.id AND e.variante_id = cual))
          ORDER BY comercio_rebajado(p.clase, p.valor, cuesta), p.id LIMIT 1) m
$$;
