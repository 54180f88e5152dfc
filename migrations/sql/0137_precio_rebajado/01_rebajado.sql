-- What a product costs with the promotions in force is kept beside its price, so that lists filter and order by it on an
-- index. Who changes variants or stock computes it; a sweep does when a promotion begins, stops or ends.
ALTER TABLE comercio_producto ADD COLUMN rebajado bigint NOT NULL DEFAULT 0,
    ADD COLUMN rebajado_maximo bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_comercio_producto_rebajado CHECK (
        rebajado BETWEEN 0 AND precio AND rebajado_maximo BETWEEN rebajado AND precio_maximo);

-- Whether the products of a promotion say that it is in force; null while they are being written.
ALTER TABLE comercio_promocion ADD COLUMN reflejada boolean DEFAULT false;
GRANT UPDATE (reflejada) ON comercio_promocion TO qhatu_aplicacion;
CREATE INDEX ix_comercio_promocion_id ON comercio_promocion (id)
    WHERE estado <> 'terminada' OR reflejada IS DISTINCT FROM false;
CREATE INDEX ix_comercio_promocion_vendedor_id ON comercio_promocion (vendedor_id) WHERE estado = 'activa';

CREATE FUNCTION comercio_promocion_vale(estado text, desde timestamptz, hasta timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
    SELECT estado = 'activa' AND desde <= nucleo_ahora() AND nucleo_ahora() < hasta
$$;

-- What of a price the promotion in force that leaves least leaves: of those that `comercio_rebaja` chooses from.
CREATE FUNCTION comercio_precio_rebajado(cual uuid, de uuid, cuesta bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(min(comercio_rebajado(p.clase, p.valor, cuesta)), cuesta) FROM comercio_promocion p
    WHERE p.vendedor_id = de AND p.estado = 'activa' AND comercio_promocion_vale(p.estado, p.desde, p.hasta)
      AND comercio_rebajado(p.clase, p.valor, cuesta) > 0
      AND (p.alcance = 'tienda' OR EXISTS (
          SELECT FROM comercio_promocion_variante e WHERE e.promocion_id = p.id AND e.variante_id = cual))
$$;

DROP FUNCTION comercio_producto_resumen(uuid[]);
-- What a ficha must say of its variants, their stock and their promotions; `qhatu verify` compares it with what it says.
CREATE FUNCTION comercio_producto_resumen(ids uuid[]) RETURNS TABLE (
    producto_id uuid, precio bigint, precio_maximo bigint, rebajado bigint, rebajado_maximo bigint, unidad_medida varchar,
    disponible numeric, opciones jsonb
) LANGUAGE sql STABLE AS $$
    SELECT p.id, min(v.precio), max(v.precio), min(v.rebajado), max(v.rebajado),
        (array_agg(v.unidad_medida ORDER BY v.precio, v.orden))[1], coalesce(sum(v.hay), 0),
        coalesce(jsonb_agg(jsonb_build_object('sku', v.sku, 'precio', v.precio, 'rebajado', v.rebajado, 'hay', v.hay > 0,
            'es', v.atributos) ORDER BY v.orden, v.id) FILTER (WHERE v.id IS NOT NULL), '[]')
    FROM comercio_producto p LEFT JOIN LATERAL (
        SELECT w.*, comercio_precio_rebajado(w.id, w.vendedor_id, w.precio) AS rebajado,
            coalesce((SELECT max(e.existencia - e.reservado) FROM comercio_existencia e
                WHERE e.variante_id = w.id), 0) AS hay
        FROM comercio_variante w WHERE w.producto_id = p.id AND w.estado = 'activa') v ON true
    WHERE p.id = ANY (ids) GROUP BY p.id
$$;

-- Two statements: the words of a product are read again only when its variants change, not at each sale.
CREATE OR REPLACE FUNCTION comercio_producto_resumir(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_producto WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE comercio_producto p SET disponible = r.disponible
    FROM comercio_producto_resumen(ids) r
    WHERE p.id = r.producto_id AND p.disponible <> r.disponible;
    UPDATE comercio_producto p SET precio = coalesce(r.precio, p.precio),
        precio_maximo = coalesce(r.precio_maximo, p.precio_maximo),
        rebajado = coalesce(r.rebajado, p.rebajado), rebajado_maximo = coalesce(r.rebajado_maximo, p.rebajado_maximo),
        unidad_medida = coalesce(r.unidad_medida, p.unidad_medida), opciones = r.opciones
    FROM comercio_producto_resumen(ids) r
    WHERE p.id = r.producto_id AND (p.opciones <> r.opciones OR p.unidad_medida <> r.unidad_medida);
END $$;

-- Of a promotion, up to so many of its products after one, in order of id: each says what it costs now. The last one,
-- or null when there was none.
CREATE FUNCTION comercio_promocion_reflejar(cual uuid, tras uuid, tope integer) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
BEGIN
    ids := ARRAY(
        SELECT p.id FROM comercio_promocion m JOIN comercio_producto p ON p.vendedor_id = m.vendedor_id
        WHERE m.id = cual AND (tras IS NULL OR p.id > tras) AND (m.alcance = 'tienda' OR EXISTS (
            SELECT FROM comercio_promocion_variante e JOIN comercio_variante v ON v.id = e.variante_id
            WHERE e.promocion_id = m.id AND v.producto_id = p.id))
        ORDER BY p.id LIMIT tope);
    PERFORM comercio_producto_resumir(ids);
    RETURN ids[cardinality(ids)];
END $$;
REVOKE ALL ON FUNCTION comercio_promocion_reflejar(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION comercio_promocion_reflejar(uuid, uuid, integer) TO qhatu_aplicacion;

DROP INDEX ix_comercio_producto_precio_id;
CREATE INDEX ix_comercio_producto_rebajado_id ON comercio_producto (rebajado, id)
    WHERE estado = 'publicado' AND vendedor_habilitado;

-- What falls is what it costs, by its price or by a promotion.
CREATE OR REPLACE FUNCTION comercio_producto_novedad() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO comercio_novedad (id, producto_id, que, precio, dia)
    SELECT gen_random_uuid(), NEW.id, que, NEW.rebajado, (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date
    FROM (VALUES ('bajo', NEW.rebajado < OLD.rebajado), ('hay', OLD.disponible <= 0 AND NEW.disponible > 0)) AS n (que, es)
    WHERE es
    ON CONFLICT ON CONSTRAINT uq_comercio_novedad_producto_id_que_precio_dia DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER comercio_producto_novedad AFTER UPDATE OF rebajado, disponible ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado = 'publicado' AND (NEW.rebajado < OLD.rebajado OR OLD.disponible <= 0 AND NEW.disponible > 0))
    EXECUTE FUNCTION comercio_producto_novedad();

-- What there is, by what is in force now; nobody is told of it.
SELECT comercio_producto_resumir(ARRAY(SELECT id FROM comercio_producto));
UPDATE comercio_promocion SET reflejada = comercio_promocion_vale(estado, desde, hasta);
