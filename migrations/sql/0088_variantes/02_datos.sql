-- Each product becomes one variant with its own id, in one place of its seller, so that carts, orders and what
-- buyers have on their screens mean the same as before.
INSERT INTO comercio_lugar_de_despacho (id, vendedor_id, nombre, municipio_ine, referencia, principal)
SELECT u.id, u.id, 'Lugar principal', u.municipio_ine, '', true
FROM registro_unidad u WHERE EXISTS (SELECT 1 FROM comercio_producto p WHERE p.vendedor_id = u.id);

INSERT INTO comercio_variante (id, producto_id, vendedor_id, sku, atributos, precio, unidad_medida, peso_g, estado,
    orden, creado_en)
SELECT id, id, vendedor_id, sku, '{}', precio, unidad_medida, peso_g,
    CASE WHEN estado = 'retirado' THEN 'archivada' ELSE 'activa' END, 1, creado_en
FROM comercio_producto;

INSERT INTO comercio_existencia (id, variante_id, lugar_id, vendedor_id, unidad_medida, existencia, reservado)
SELECT id, id, vendedor_id, vendedor_id, unidad_medida, existencia, reservado FROM comercio_producto;

INSERT INTO comercio_movimiento_de_existencia (id, existencia_id, cantidad, motivo, detalle, actor_tipo,
    actor_nombre, unidad_id)
SELECT id, id, existencia, 'apertura', 'Lo que había antes de llevar movimientos', 'sistema', 'migración', vendedor_id
FROM comercio_producto WHERE existencia > 0;

UPDATE comercio_producto SET precio_maximo = precio,
    disponible = CASE WHEN estado = 'retirado' THEN 0 ELSE existencia - reservado END,
    opciones = CASE WHEN estado = 'retirado' THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
        'sku', sku, 'precio', precio, 'hay', existencia > reservado, 'es', '{}'::jsonb)) END;

ALTER TABLE comercio_carrito_linea
    DROP CONSTRAINT fk_comercio_carrito_linea_producto_id,
    DROP CONSTRAINT ck_comercio_carrito_linea_cantidad,
    ALTER COLUMN cantidad TYPE numeric(14, 4);
ALTER TABLE comercio_carrito_linea RENAME COLUMN producto_id TO variante_id;
ALTER INDEX ix_comercio_carrito_linea_producto_id RENAME TO ix_comercio_carrito_linea_variante_id;
ALTER TABLE comercio_carrito_linea
    ADD CONSTRAINT fk_comercio_carrito_linea_variante_id FOREIGN KEY (variante_id) REFERENCES comercio_variante (id),
    ADD CONSTRAINT ck_comercio_carrito_linea_cantidad CHECK (cantidad > 0 AND cantidad <= 999);

ALTER TABLE comercio_pedido_linea
    ADD COLUMN variante_id uuid,
    ADD COLUMN existencia_id uuid,
    ADD COLUMN opcion varchar(200) NOT NULL DEFAULT '';
ALTER TABLE comercio_pedido_linea DISABLE TRIGGER USER;  -- append-only for everybody else
UPDATE comercio_pedido_linea SET variante_id = producto_id, existencia_id = producto_id;
ALTER TABLE comercio_pedido_linea ENABLE TRIGGER USER;
ALTER TABLE comercio_pedido_linea
    ALTER COLUMN variante_id SET NOT NULL,
    ALTER COLUMN existencia_id SET NOT NULL,
    ALTER COLUMN opcion DROP DEFAULT,
    DROP CONSTRAINT uq_comercio_pedido_linea_pedido_id_producto_id,
    DROP CONSTRAINT fk_comercio_pedido_linea_producto_id,
    DROP CONSTRAINT ck_comercio_pedido_linea_importe,
    ALTER COLUMN cantidad TYPE numeric(14, 4),
    ADD CONSTRAINT uq_comercio_pedido_linea_pedido_id_variante_id UNIQUE (pedido_id, variante_id),
    ADD CONSTRAINT fk_comercio_pedido_linea_variante_id_producto_id FOREIGN KEY (variante_id, producto_id)
        REFERENCES comercio_variante (id, producto_id),
    ADD CONSTRAINT fk_comercio_pedido_linea_existencia_id_variante_id FOREIGN KEY (existencia_id, variante_id)
        REFERENCES comercio_existencia (id, variante_id),
    ADD CONSTRAINT ck_comercio_pedido_linea_importe
        CHECK (importe = round(precio * cantidad) AND importe > 0 AND precio > 0 AND cantidad > 0),
    ADD CONSTRAINT ck_comercio_pedido_linea_en_su_medida CHECK (cantidad = trunc(cantidad)
        OR unidad_medida IN ('kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'hora'));
CREATE INDEX ix_comercio_pedido_linea_variante_id ON comercio_pedido_linea (variante_id);
CREATE INDEX ix_comercio_pedido_linea_existencia_id ON comercio_pedido_linea (existencia_id);

DROP TRIGGER comercio_producto_indexar ON comercio_producto;
ALTER TABLE comercio_producto
    DROP CONSTRAINT uq_comercio_producto_vendedor_id_sku,
    DROP CONSTRAINT ck_comercio_producto_reservado,
    DROP CONSTRAINT ck_comercio_producto_existencia,
    DROP CONSTRAINT ck_comercio_producto_precio,
    DROP CONSTRAINT ck_comercio_producto_peso,
    DROP COLUMN sku,
    DROP COLUMN existencia,
    DROP COLUMN reservado,
    DROP COLUMN peso_g,
    ALTER COLUMN precio_maximo SET NOT NULL,
    ADD CONSTRAINT ck_comercio_producto_precio
        CHECK (precio BETWEEN 1 AND precio_maximo AND precio_maximo <= 100000000);
REVOKE UPDATE ON comercio_producto FROM qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (vendedor_nombre, vendedor_numero, vendedor_habilitado, departamento, lugar, titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, dias_de_elaboracion, estado, foto, version, actualizado_en, publicado_en) ON comercio_producto TO qhatu_aplicacion;
