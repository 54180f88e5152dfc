-- What a ficha must say of its variants and their stock; `qhatu verify` compares it with what it says.
CREATE FUNCTION comercio_producto_resumen(ids uuid[]) RETURNS TABLE (
    producto_id uuid, precio bigint, precio_maximo bigint, unidad_medida varchar, disponible numeric, opciones jsonb
) LANGUAGE sql STABLE AS $$
    SELECT p.id, min(v.precio), max(v.precio), (array_agg(v.unidad_medida ORDER BY v.precio, v.orden))[1],
        coalesce(sum(v.hay), 0),
        coalesce(jsonb_agg(jsonb_build_object('sku', v.sku, 'precio', v.precio, 'hay', v.hay > 0, 'es', v.atributos)
            ORDER BY v.orden, v.id) FILTER (WHERE v.id IS NOT NULL), '[]')
    FROM comercio_producto p LEFT JOIN LATERAL (
        SELECT w.*, coalesce((SELECT max(e.existencia - e.reservado) FROM comercio_existencia e
            WHERE e.variante_id = w.id), 0) AS hay
        FROM comercio_variante w WHERE w.producto_id = p.id AND w.estado = 'activa') v ON true
    WHERE p.id = ANY (ids) GROUP BY p.id
$$;

-- Two statements: the words of a product are read again only when its variants change, not at each sale.
CREATE FUNCTION comercio_producto_resumir(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_producto WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE comercio_producto p SET disponible = r.disponible
    FROM comercio_producto_resumen(ids) r
    WHERE p.id = r.producto_id AND p.disponible <> r.disponible;
    UPDATE comercio_producto p SET precio = coalesce(r.precio, p.precio),
        precio_maximo = coalesce(r.precio_maximo, p.precio_maximo),
        unidad_medida = coalesce(r.unidad_medida, p.unidad_medida), opciones = r.opciones
    FROM comercio_producto_resumen(ids) r
    WHERE p.id = r.producto_id AND (p.opciones <> r.opciones OR p.unidad_medida <> r.unidad_medida);
END $$;

CREATE FUNCTION comercio_variante_resumir() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM comercio_producto_resumir(ARRAY(SELECT DISTINCT producto_id FROM nuevas));
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_variante_nace AFTER INSERT ON comercio_variante REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_variante_resumir();
CREATE TRIGGER comercio_variante_cambia AFTER UPDATE ON comercio_variante REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_variante_resumir();

CREATE FUNCTION comercio_existencia_resumir() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM comercio_producto_resumir(ARRAY(
        SELECT DISTINCT v.producto_id FROM nuevas n JOIN comercio_variante v ON v.id = n.variante_id));
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_existencia_nace AFTER INSERT ON comercio_existencia REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_existencia_resumir();
CREATE TRIGGER comercio_existencia_cambia AFTER UPDATE ON comercio_existencia REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_existencia_resumir();

-- Stock is the sum of its movements, because nothing else writes it.
CREATE FUNCTION comercio_movimiento_sumar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM comercio_existencia WHERE id IN (SELECT existencia_id FROM nuevos) ORDER BY id FOR NO KEY UPDATE;
    UPDATE comercio_existencia e SET existencia = e.existencia + m.cantidad
    FROM (SELECT existencia_id, sum(cantidad) AS cantidad FROM nuevos GROUP BY existencia_id) m
    WHERE e.id = m.existencia_id;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_movimiento_sumar AFTER INSERT ON comercio_movimiento_de_existencia
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION comercio_movimiento_sumar();

-- Prices by quantity fall from the price of the variant on; at most five.
CREATE FUNCTION comercio_exigir_escala() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cual uuid;
BEGIN
    IF TG_TABLE_NAME = 'comercio_variante' THEN cual := NEW.id; ELSE cual := NEW.variante_id; END IF;
    IF (SELECT count(*) > 6 OR bool_or(precio >= anterior) FROM (
        SELECT precio, lag(precio) OVER (ORDER BY desde) AS anterior FROM (
            SELECT 0 AS desde, precio FROM comercio_variante WHERE id = cual
            UNION ALL SELECT desde, precio FROM comercio_precio_por_cantidad WHERE variante_id = cual) p) q)
    THEN
        RAISE EXCEPTION 'los precios por cantidad de % no bajan', cual
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comercio_exigir_escala';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_escala AFTER INSERT OR UPDATE ON comercio_precio_por_cantidad
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_escala();
CREATE CONSTRAINT TRIGGER comercio_exigir_escala AFTER UPDATE OF precio ON comercio_variante
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_escala();

-- What is withdrawn frees its codes, and takes them again when it comes back if nobody else has them.
CREATE FUNCTION comercio_producto_archivar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.estado = 'retirado' THEN
        UPDATE comercio_variante SET estado = 'archivada' WHERE producto_id = NEW.id AND estado = 'activa';
    ELSE
        UPDATE comercio_variante SET estado = 'activa' WHERE producto_id = NEW.id AND estado = 'archivada';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_producto_archivar AFTER UPDATE OF estado ON comercio_producto FOR EACH ROW
    WHEN ((OLD.estado = 'retirado') <> (NEW.estado = 'retirado')) EXECUTE FUNCTION comercio_producto_archivar();

-- The words of a product are its ficha's and its variants': codes, sizes, colours.
CREATE OR REPLACE FUNCTION comercio_producto_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda := coalesce(comercio_documento(NEW.titulo, concat_ws(' ', (
            SELECT string_agg(nombre, ' ') FROM comercio_categoria
            WHERE codigo IN (NEW.categoria_codigo, NEW.raiz_codigo)),
        NEW.vendedor_nombre, NEW.lugar, (
            SELECT string_agg(concat_ws(' ', o ->> 'sku', (
                SELECT string_agg(valor, ' ' ORDER BY clave) FROM jsonb_each_text(o -> 'es') AS a (clave, valor))), ' ')
            FROM jsonb_array_elements(NEW.opciones) AS o),
        NEW.descripcion)), '');
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_producto_indexar BEFORE INSERT OR UPDATE OF
    titulo, descripcion, categoria_codigo, raiz_codigo, vendedor_nombre, lugar, opciones ON comercio_producto
    FOR EACH ROW EXECUTE FUNCTION comercio_producto_indexar();

REVOKE ALL ON FUNCTION comercio_producto_resumir(uuid[]), comercio_variante_resumir(),
    comercio_existencia_resumir(), comercio_movimiento_sumar() FROM PUBLIC;

ALTER TABLE comercio_producto DROP CONSTRAINT IF EXISTS ck_comercio_producto_estado,
    ADD CONSTRAINT ck_comercio_producto_estado CHECK (estado IN ('borrador', 'publicado', 'pausado', 'retirado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador', 'publicado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado', 'retirado')
        WHEN 'publicado' THEN NEW.estado IN ('pausado', 'retirado')
        WHEN 'pausado' THEN NEW.estado IN ('publicado', 'retirado')
        WHEN 'retirado' THEN NEW.estado IN ('borrador')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_variante DROP CONSTRAINT IF EXISTS ck_comercio_variante_estado,
    ADD CONSTRAINT ck_comercio_variante_estado CHECK (estado IN ('activa', 'retirada', 'archivada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_variante FOR EACH ROW
    WHEN (NEW.estado NOT IN ('activa')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_variante FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'activa' THEN NEW.estado IN ('retirada', 'archivada')
        WHEN 'retirada' THEN NEW.estado IN ('activa')
        WHEN 'archivada' THEN NEW.estado IN ('activa')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
