-- What a list reads stays in comercio_producto, kept by the triggers of 03.
ALTER TABLE comercio_producto
    ADD COLUMN precio_maximo bigint,
    ADD COLUMN disponible numeric(14, 4) NOT NULL DEFAULT 0,
    ADD COLUMN opciones jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN dias_de_elaboracion smallint NOT NULL DEFAULT 0,
    ADD CONSTRAINT uq_comercio_producto_id_vendedor_id UNIQUE (id, vendedor_id),
    ADD CONSTRAINT ck_comercio_producto_disponible CHECK (disponible >= 0),
    ADD CONSTRAINT ck_comercio_producto_opciones CHECK (jsonb_typeof(opciones) = 'array'),
    ADD CONSTRAINT ck_comercio_producto_dias_de_elaboracion CHECK (dias_de_elaboracion BETWEEN 0 AND 180);
ALTER TABLE comercio_producto ALTER COLUMN dias_de_elaboracion DROP DEFAULT;

CREATE TABLE comercio_variante (
    id UUID NOT NULL,
    producto_id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    sku VARCHAR(40) NOT NULL,
    atributos JSONB NOT NULL,
    precio BIGINT NOT NULL,
    unidad_medida VARCHAR(12) NOT NULL,
    peso_g INTEGER NOT NULL,
    estado VARCHAR(12) NOT NULL,
    orden SMALLINT NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_variante PRIMARY KEY (id),
    CONSTRAINT uq_comercio_variante_id_producto_id UNIQUE (id, producto_id),
    CONSTRAINT uq_comercio_variante_id_vendedor_id_unidad_medida UNIQUE (id, vendedor_id, unidad_medida),
    CONSTRAINT fk_comercio_variante_producto_id_vendedor_id FOREIGN KEY(producto_id, vendedor_id) REFERENCES comercio_producto (id, vendedor_id),
    CONSTRAINT ck_comercio_variante_precio CHECK (precio BETWEEN 1 AND 100000000),
    CONSTRAINT ck_comercio_variante_peso CHECK (peso_g BETWEEN 0 AND 1000000),
    CONSTRAINT ck_comercio_variante_unidad_medida CHECK (unidad_medida IN ('unidad', 'par', 'docena', 'juego', 'kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'caja', 'paquete', 'servicio', 'hora')),
    CONSTRAINT ck_comercio_variante_estado CHECK (estado IN ('activa', 'retirada', 'archivada')),
    CONSTRAINT ck_comercio_variante_orden CHECK (orden BETWEEN 1 AND 60),
    CONSTRAINT ck_comercio_variante_atributos CHECK (jsonb_typeof(atributos) = 'object')
);
CREATE INDEX ix_comercio_variante_producto_id_orden ON comercio_variante (producto_id, orden);
CREATE UNIQUE INDEX uq_comercio_variante_atributos ON comercio_variante (producto_id, atributos) WHERE estado = 'activa';
CREATE UNIQUE INDEX uq_comercio_variante_sku ON comercio_variante (vendedor_id, sku) WHERE estado = 'activa';
GRANT SELECT, INSERT, UPDATE (sku, atributos, precio, unidad_medida, peso_g, estado, orden) ON comercio_variante TO qhatu_aplicacion;

CREATE TABLE comercio_precio_por_cantidad (
    variante_id UUID NOT NULL,
    desde NUMERIC(14, 4) NOT NULL,
    precio BIGINT NOT NULL,
    CONSTRAINT pk_comercio_precio_por_cantidad PRIMARY KEY (variante_id, desde),
    CONSTRAINT fk_comercio_precio_por_cantidad_variante_id FOREIGN KEY(variante_id) REFERENCES comercio_variante (id),
    CONSTRAINT ck_comercio_precio_por_cantidad_desde CHECK (desde > 0),
    CONSTRAINT ck_comercio_precio_por_cantidad_precio CHECK (precio > 0)
);
GRANT SELECT, INSERT, DELETE ON comercio_precio_por_cantidad TO qhatu_aplicacion;

CREATE TABLE comercio_lugar_de_despacho (
    id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    nombre VARCHAR(80) NOT NULL,
    municipio_ine VARCHAR(6),
    referencia VARCHAR(300) NOT NULL,
    principal BOOLEAN NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_lugar_de_despacho PRIMARY KEY (id),
    CONSTRAINT uq_comercio_lugar_de_despacho_id_vendedor_id UNIQUE (id, vendedor_id),
    CONSTRAINT uq_comercio_lugar_de_despacho_vendedor_id_nombre UNIQUE (vendedor_id, nombre),
    CONSTRAINT fk_comercio_lugar_de_despacho_vendedor_id FOREIGN KEY(vendedor_id) REFERENCES registro_unidad (id)
);
CREATE UNIQUE INDEX uq_comercio_lugar_de_despacho_principal ON comercio_lugar_de_despacho (vendedor_id) WHERE principal;
GRANT SELECT, INSERT, UPDATE (nombre, municipio_ine, referencia) ON comercio_lugar_de_despacho TO qhatu_aplicacion;

CREATE TABLE comercio_existencia (
    id UUID NOT NULL,
    variante_id UUID NOT NULL,
    lugar_id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    unidad_medida VARCHAR(12) NOT NULL,
    existencia NUMERIC(14, 4) DEFAULT '0' NOT NULL,
    reservado NUMERIC(14, 4) DEFAULT '0' NOT NULL,
    CONSTRAINT pk_comercio_existencia PRIMARY KEY (id),
    CONSTRAINT uq_comercio_existencia_variante_id_lugar_id UNIQUE (variante_id, lugar_id),
    CONSTRAINT uq_comercio_existencia_id_variante_id UNIQUE (id, variante_id),
    CONSTRAINT fk_comercio_existencia_variante_id_vendedor_id_unidad_medida FOREIGN KEY(variante_id, vendedor_id, unidad_medida) REFERENCES comercio_variante (id, vendedor_id, unidad_medida) ON UPDATE CASCADE,
    CONSTRAINT fk_comercio_existencia_lugar_id_vendedor_id FOREIGN KEY(lugar_id, vendedor_id) REFERENCES comercio_lugar_de_despacho (id, vendedor_id),
    CONSTRAINT ck_comercio_existencia_reservado CHECK (reservado BETWEEN 0 AND existencia),
    CONSTRAINT ck_comercio_existencia_existencia CHECK (existencia <= 1000000),
    CONSTRAINT ck_comercio_existencia_en_su_medida CHECK ((existencia = trunc(existencia) OR unidad_medida IN ('kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'hora')) AND (reservado = trunc(reservado) OR unidad_medida IN ('kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'hora')))
);
GRANT SELECT, INSERT (id, variante_id, lugar_id, vendedor_id, unidad_medida), UPDATE (reservado) ON comercio_existencia TO qhatu_aplicacion;

CREATE TABLE comercio_movimiento_de_existencia (
    id UUID NOT NULL,
    existencia_id UUID NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    motivo VARCHAR(12) NOT NULL,
    detalle VARCHAR(200) NOT NULL,
    referencia_id UUID,
    actor_tipo VARCHAR(12) NOT NULL,
    actor_id UUID,
    actor_nombre VARCHAR(200) NOT NULL,
    unidad_id UUID,
    mandato_id UUID,
    ocurrio_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_movimiento_de_existencia PRIMARY KEY (id),
    CONSTRAINT fk_comercio_movimiento_de_existencia_existencia_id FOREIGN KEY(existencia_id) REFERENCES comercio_existencia (id),
    CONSTRAINT ck_comercio_movimiento_de_existencia_motivo CHECK (motivo IN ('apertura', 'ingreso', 'merma', 'recuento', 'venta', 'devolucion')),
    CONSTRAINT ck_comercio_movimiento_de_existencia_cantidad CHECK (CASE WHEN motivo IN ('apertura', 'ingreso', 'devolucion') THEN cantidad > 0 WHEN motivo IN ('merma', 'venta') THEN cantidad < 0 ELSE cantidad <> 0 END),
    CONSTRAINT ck_comercio_movimiento_de_existencia_referencia CHECK ((motivo IN ('venta', 'devolucion')) = (referencia_id IS NOT NULL))
);
CREATE INDEX ix_comercio_movimiento_de_existencia_existencia_id_id ON comercio_movimiento_de_existencia (existencia_id, id);
GRANT SELECT, INSERT ON comercio_movimiento_de_existencia TO qhatu_aplicacion;
