-- As it was, asked of who has a promotion only: most have none, and this is asked of each line of each cart.
CREATE OR REPLACE FUNCTION comercio_rebaja(cual uuid, de uuid, cuesta bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_promocion p WHERE p.vendedor_id = de AND p.estado = 'activa') THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT jsonb_build_object('promocion_id', m.id, 'nombre', m.nombre, 'clase', m.clase, 'valor', m.valor,
                                  'hasta', m.hasta, 'referencia', comercio_precio_de_referencia(cual, m.empezo))
        FROM (SELECT p.id, p.nombre, p.clase, p.valor, p.hasta, t.desde AS empezo
              FROM comercio_promocion p
              JOIN comercio_promocion_tramo t
                ON t.promocion_id = p.id AND t.desde <= nucleo_ahora() AND nucleo_ahora() < t.hasta
              WHERE p.vendedor_id = de AND p.estado = 'activa' AND comercio_rebajado(p.clase, p.valor, cuesta) > 0
                AND (p.alcance = 'tienda' OR EXISTS (
                    SELECT FROM comercio_promocion_variante e WHERE e.promocion_id = p.id AND e.variante_id = cual))
              ORDER BY comercio_rebajado(p.clase, p.valor, cuesta), p.id LIMIT 1) m);
END $$;
