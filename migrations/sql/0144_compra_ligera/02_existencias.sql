-- What a ficha says of its stock, read once at each sale. Its words (the trigger of `opciones`) are read again only when
-- its variants change or one of them begins or ends to be had. Planned once: of an array, PostgreSQL would plan each time
-- anew, which took longer than all the rest.
CREATE OR REPLACE FUNCTION comercio_producto_resumir(ids uuid[]) RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    r record;
BEGIN
    PERFORM 1 FROM comercio_producto WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
    FOR r IN
        SELECT s.*, p.opciones <> s.opciones OR p.unidad_medida <> s.unidad_medida AS otras
        FROM comercio_producto_resumen(ids) s JOIN comercio_producto p ON p.id = s.producto_id
        WHERE p.disponible <> s.disponible OR p.opciones <> s.opciones OR p.unidad_medida <> s.unidad_medida
    LOOP
        IF r.otras THEN
            UPDATE comercio_producto p SET disponible = r.disponible, precio = coalesce(r.precio, p.precio),
                precio_maximo = coalesce(r.precio_maximo, p.precio_maximo),
                rebajado = coalesce(r.rebajado, p.rebajado),
                rebajado_maximo = coalesce(r.rebajado_maximo, p.rebajado_maximo),
                unidad_medida = coalesce(r.unidad_medida, p.unidad_medida), opciones = r.opciones
            WHERE p.id = r.producto_id;
        ELSE
            UPDATE comercio_producto p SET disponible = r.disponible WHERE p.id = r.producto_id;
        END IF;
    END LOOP;
END $$;

-- Room in each page for what a sale changes, so that no index is written: there are eleven on the first.
ALTER TABLE comercio_producto SET (fillfactor = 85);
ALTER TABLE comercio_existencia SET (fillfactor = 85);
