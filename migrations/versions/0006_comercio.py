"""Marketplace: catalogue with full-text search, carts, purchases, orders, commission and terms as dated data."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006_comercio"
down_revision = "0005_envios"
branch_labels = None
depends_on = None

# Spanish stems of words without accents: «café», «cafe» and «cafés» are one lexeme.
CONFIGURACION_DE_TEXTO = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TEXT SEARCH CONFIGURATION comercio_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION comercio_es
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
"""

TABLAS = """
CREATE TABLE comercio_categoria (
    codigo VARCHAR(40) NOT NULL,
    padre_codigo VARCHAR(40),
    nombre VARCHAR(80) NOT NULL,
    icono VARCHAR(40) NOT NULL,
    es_servicio BOOLEAN NOT NULL,
    orden SMALLINT NOT NULL,
    CONSTRAINT pk_comercio_categoria PRIMARY KEY (codigo),
    CONSTRAINT fk_comercio_categoria_padre_codigo FOREIGN KEY(padre_codigo) REFERENCES comercio_categoria (codigo),
    CONSTRAINT ck_comercio_categoria_sin_ciclo CHECK (padre_codigo IS DISTINCT FROM codigo)
);

CREATE TABLE comercio_producto (
    id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    vendedor_nombre VARCHAR(200) NOT NULL,
    vendedor_numero VARCHAR(40) NOT NULL,
    vendedor_habilitado BOOLEAN NOT NULL,
    departamento VARCHAR(2) NOT NULL,
    lugar VARCHAR(120) NOT NULL,
    sku VARCHAR(40) NOT NULL,
    titulo VARCHAR(120) NOT NULL,
    descripcion VARCHAR(4000) NOT NULL,
    categoria_codigo VARCHAR(40) NOT NULL,
    raiz_codigo VARCHAR(40) NOT NULL,
    modalidad VARCHAR(10) NOT NULL,
    precio BIGINT NOT NULL,
    unidad_medida VARCHAR(12) NOT NULL,
    existencia INTEGER NOT NULL,
    reservado INTEGER NOT NULL,
    peso_g INTEGER NOT NULL,
    estado VARCHAR(12) NOT NULL,
    foto VARCHAR(64),
    version INTEGER NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    actualizado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    publicado_en TIMESTAMPTZ,
    busqueda TSVECTOR DEFAULT ''::tsvector NOT NULL,
    CONSTRAINT pk_comercio_producto PRIMARY KEY (id),
    CONSTRAINT uq_comercio_producto_vendedor_id_sku UNIQUE (vendedor_id, sku),
    CONSTRAINT fk_comercio_producto_vendedor_id FOREIGN KEY(vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_producto_categoria_codigo FOREIGN KEY(categoria_codigo) REFERENCES comercio_categoria (codigo),
    CONSTRAINT fk_comercio_producto_raiz_codigo FOREIGN KEY(raiz_codigo) REFERENCES comercio_categoria (codigo),
    CONSTRAINT ck_comercio_producto_reservado CHECK (reservado BETWEEN 0 AND existencia),
    CONSTRAINT ck_comercio_producto_existencia CHECK (existencia <= 1000000),
    CONSTRAINT ck_comercio_producto_precio CHECK (precio BETWEEN 1 AND 100000000),
    CONSTRAINT ck_comercio_producto_peso CHECK (peso_g BETWEEN 0 AND 1000000),
    CONSTRAINT ck_comercio_producto_estado CHECK (estado IN ('borrador', 'publicado', 'pausado', 'retirado')),
    CONSTRAINT ck_comercio_producto_modalidad CHECK (modalidad IN ('envio', 'servicio')),
    CONSTRAINT ck_comercio_producto_unidad_medida CHECK (unidad_medida IN ('unidad', 'par', 'docena', 'juego', 'kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'caja', 'paquete', 'servicio', 'hora')),
    CONSTRAINT ck_comercio_producto_publicado_con_fecha CHECK (estado <> 'publicado' OR publicado_en IS NOT NULL),
    CONSTRAINT ck_comercio_producto_version CHECK (version >= 1)
);

CREATE INDEX ix_comercio_producto_precio_id ON comercio_producto (precio, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_departamento_publicado_en_id ON comercio_producto (departamento, publicado_en, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_vendedor_id_publicado_en_id ON comercio_producto (vendedor_id, publicado_en, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_categoria_codigo_publicado_en_id ON comercio_producto (categoria_codigo, publicado_en, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_busqueda ON comercio_producto USING gin (busqueda) WITH (fastupdate = false) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_raiz_codigo_publicado_en_id ON comercio_producto (raiz_codigo, publicado_en, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE INDEX ix_comercio_producto_publicado_en_id ON comercio_producto (publicado_en, id) WHERE estado = 'publicado' AND vendedor_habilitado;

CREATE TABLE comercio_producto_foto (
    id UUID NOT NULL,
    producto_id UUID NOT NULL,
    sha VARCHAR(64) NOT NULL,
    descripcion VARCHAR(200) NOT NULL,
    orden SMALLINT NOT NULL,
    CONSTRAINT pk_comercio_producto_foto PRIMARY KEY (id),
    CONSTRAINT uq_comercio_producto_foto_producto_id_orden UNIQUE (producto_id, orden),
    CONSTRAINT fk_comercio_producto_foto_producto_id FOREIGN KEY(producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_producto_foto_orden CHECK (orden BETWEEN 1 AND 6)
);

CREATE TABLE comercio_vocablo (
    palabra VARCHAR(120) NOT NULL,
    CONSTRAINT pk_comercio_vocablo PRIMARY KEY (palabra)
);

CREATE INDEX ix_comercio_vocablo_palabra ON comercio_vocablo USING gin (palabra gin_trgm_ops);

CREATE TABLE comercio_tasa_comision (
    id UUID NOT NULL,
    tasa_pb INTEGER NOT NULL,
    minimo BIGINT NOT NULL,
    maximo BIGINT,
    impuesto_pb INTEGER NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    norma VARCHAR(300) NOT NULL,
    CONSTRAINT pk_comercio_tasa_comision PRIMARY KEY (id),
    CONSTRAINT ck_comercio_tasa_comision_tasa CHECK (tasa_pb BETWEEN 0 AND 3000 AND impuesto_pb BETWEEN 0 AND 3000),
    CONSTRAINT ck_comercio_tasa_comision_limites CHECK (minimo >= 0 AND (maximo IS NULL OR maximo >= minimo)),
    CONSTRAINT ck_comercio_tasa_comision_vigencia CHECK (vigente_hasta IS NULL OR vigente_hasta > vigente_desde)
);

CREATE TABLE comercio_plazo (
    id UUID NOT NULL,
    codigo VARCHAR(40) NOT NULL,
    valor INTEGER NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    norma VARCHAR(300) NOT NULL,
    CONSTRAINT pk_comercio_plazo PRIMARY KEY (id),
    CONSTRAINT ck_comercio_plazo_valor CHECK (valor > 0),
    CONSTRAINT ck_comercio_plazo_vigencia CHECK (vigente_hasta IS NULL OR vigente_hasta > vigente_desde)
);

CREATE TABLE comercio_carrito (
    id UUID NOT NULL,
    persona_id UUID,
    ficha_sha256 BYTEA,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    actualizado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_carrito PRIMARY KEY (id),
    CONSTRAINT uq_comercio_carrito_persona_id UNIQUE (persona_id),
    CONSTRAINT uq_comercio_carrito_ficha_sha256 UNIQUE (ficha_sha256),
    CONSTRAINT fk_comercio_carrito_persona_id FOREIGN KEY(persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_carrito_un_titular CHECK ((persona_id IS NULL) <> (ficha_sha256 IS NULL))
);

CREATE INDEX ix_comercio_carrito_actualizado_en ON comercio_carrito (actualizado_en) WHERE persona_id IS NULL;

CREATE TABLE comercio_carrito_linea (
    carrito_id UUID NOT NULL,
    producto_id UUID NOT NULL,
    cantidad INTEGER NOT NULL,
    precio_visto BIGINT NOT NULL,
    agregado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_carrito_linea PRIMARY KEY (carrito_id, producto_id),
    CONSTRAINT fk_comercio_carrito_linea_carrito_id FOREIGN KEY(carrito_id) REFERENCES comercio_carrito (id) ON DELETE CASCADE,
    CONSTRAINT fk_comercio_carrito_linea_producto_id FOREIGN KEY(producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_carrito_linea_cantidad CHECK (cantidad BETWEEN 1 AND 999)
);

CREATE INDEX ix_comercio_carrito_linea_producto_id ON comercio_carrito_linea (producto_id);

CREATE TABLE comercio_compra (
    id UUID NOT NULL,
    comprador_id UUID NOT NULL,
    total BIGINT NOT NULL,
    huella VARCHAR(64) NOT NULL,
    destinatario VARCHAR(120) NOT NULL,
    telefono VARCHAR(20) NOT NULL,
    municipio_ine VARCHAR(6) NOT NULL,
    lugar VARCHAR(120) NOT NULL,
    referencia VARCHAR(300) NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_compra PRIMARY KEY (id),
    CONSTRAINT fk_comercio_compra_comprador_id FOREIGN KEY(comprador_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_compra_total CHECK (total > 0)
);

CREATE INDEX ix_comercio_compra_comprador_id_id ON comercio_compra (comprador_id, id);

CREATE TABLE comercio_pedido (
    id UUID NOT NULL,
    numero VARCHAR(20) NOT NULL,
    compra_id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    vendedor_nombre VARCHAR(200) NOT NULL,
    vendedor_numero VARCHAR(40) NOT NULL,
    comprador_id UUID NOT NULL,
    modalidad VARCHAR(10) NOT NULL,
    estado VARCHAR(16) NOT NULL,
    total BIGINT NOT NULL,
    peso_g INTEGER NOT NULL,
    custodia_id UUID NOT NULL,
    confirmacion_id UUID,
    comision_transferencia_id UUID,
    anulacion_id UUID,
    envio_id UUID,
    envio_numero VARCHAR(20),
    despachar_hasta TIMESTAMPTZ NOT NULL,
    version INTEGER NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    actualizado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pedido PRIMARY KEY (id),
    CONSTRAINT uq_comercio_pedido_numero UNIQUE (numero),
    CONSTRAINT uq_comercio_pedido_compra_id_vendedor_id_modalidad UNIQUE (compra_id, vendedor_id, modalidad),
    CONSTRAINT uq_comercio_pedido_custodia_id UNIQUE (custodia_id),
    CONSTRAINT uq_comercio_pedido_envio_id UNIQUE (envio_id),
    CONSTRAINT fk_comercio_pedido_compra_id FOREIGN KEY(compra_id) REFERENCES comercio_compra (id),
    CONSTRAINT fk_comercio_pedido_vendedor_id FOREIGN KEY(vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_pedido_comprador_id FOREIGN KEY(comprador_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_pedido_estado CHECK (estado IN ('pagado', 'en_preparacion', 'despachado', 'entregado', 'liberado', 'cancelado')),
    CONSTRAINT ck_comercio_pedido_modalidad CHECK (modalidad IN ('envio', 'servicio')),
    CONSTRAINT ck_comercio_pedido_total CHECK (total > 0),
    CONSTRAINT ck_comercio_pedido_liberado CHECK ((estado = 'liberado') = (confirmacion_id IS NOT NULL)),
    CONSTRAINT ck_comercio_pedido_cancelado CHECK ((estado = 'cancelado') = (anulacion_id IS NOT NULL)),
    CONSTRAINT ck_comercio_pedido_con_envio CHECK (modalidad <> 'envio' OR estado NOT IN ('despachado', 'entregado', 'liberado') OR envio_id IS NOT NULL),
    CONSTRAINT ck_comercio_pedido_sin_envio CHECK (envio_id IS NULL OR estado NOT IN ('pagado', 'en_preparacion')),
    CONSTRAINT ck_comercio_pedido_peso CHECK (peso_g >= 0)
);

CREATE INDEX ix_comercio_pedido_comprador_id_id ON comercio_pedido (comprador_id, id);

CREATE INDEX ix_comercio_pedido_vendedor_id_id ON comercio_pedido (vendedor_id, id);

CREATE INDEX ix_comercio_pedido_despachar_hasta ON comercio_pedido (despachar_hasta) WHERE estado IN ('pagado', 'en_preparacion');

CREATE TABLE comercio_pedido_linea (
    id UUID NOT NULL,
    pedido_id UUID NOT NULL,
    producto_id UUID NOT NULL,
    sku VARCHAR(40) NOT NULL,
    titulo VARCHAR(120) NOT NULL,
    foto VARCHAR(64),
    unidad_medida VARCHAR(12) NOT NULL,
    precio BIGINT NOT NULL,
    cantidad INTEGER NOT NULL,
    importe BIGINT NOT NULL,
    CONSTRAINT pk_comercio_pedido_linea PRIMARY KEY (id),
    CONSTRAINT uq_comercio_pedido_linea_pedido_id_producto_id UNIQUE (pedido_id, producto_id),
    CONSTRAINT fk_comercio_pedido_linea_pedido_id FOREIGN KEY(pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_pedido_linea_producto_id FOREIGN KEY(producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_pedido_linea_importe CHECK (importe = precio * cantidad AND precio > 0 AND cantidad > 0)
);

CREATE INDEX ix_comercio_pedido_linea_producto_id ON comercio_pedido_linea (producto_id);

CREATE TABLE comercio_pedido_comision (
    pedido_id UUID NOT NULL,
    tasa_id UUID NOT NULL,
    tasa_pb INTEGER NOT NULL,
    monto BIGINT NOT NULL,
    impuesto_pb INTEGER NOT NULL,
    impuesto BIGINT NOT NULL,
    CONSTRAINT pk_comercio_pedido_comision PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_pedido_comision_pedido_id FOREIGN KEY(pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_pedido_comision_tasa_id FOREIGN KEY(tasa_id) REFERENCES comercio_tasa_comision (id),
    CONSTRAINT ck_comercio_pedido_comision_impuesto CHECK (impuesto >= 0 AND monto >= impuesto)
);

CREATE TABLE comercio_pedido_paso (
    id UUID NOT NULL,
    pedido_id UUID NOT NULL,
    estado VARCHAR(16) NOT NULL,
    actor VARCHAR(200) NOT NULL,
    detalle VARCHAR(300) NOT NULL,
    ocurrio_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pedido_paso PRIMARY KEY (id),
    CONSTRAINT fk_comercio_pedido_paso_pedido_id FOREIGN KEY(pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT ck_comercio_pedido_paso_estado CHECK (estado IN ('pagado', 'en_preparacion', 'despachado', 'entregado', 'liberado', 'cancelado')),
    CONSTRAINT uq_comercio_pedido_paso_pedido_id_estado UNIQUE (pedido_id, estado)
);
"""

# Two rates, or two values of a term, can never be in force on the same day.
VIGENCIAS = """
ALTER TABLE comercio_tasa_comision ADD CONSTRAINT ex_comercio_tasa_comision_vigencia
    EXCLUDE USING gist (daterange(vigente_desde, vigente_hasta) WITH &&);
ALTER TABLE comercio_plazo ADD CONSTRAINT ex_comercio_plazo_vigencia
    EXCLUDE USING gist (codigo WITH =, daterange(vigente_desde, vigente_hasta) WITH &&);
"""

DISPARADORES = """
CREATE FUNCTION comercio_producto_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda :=
        setweight(to_tsvector('comercio_es', NEW.titulo), 'A')
        || setweight(to_tsvector('comercio_es', (
               SELECT string_agg(nombre, ' ') FROM comercio_categoria
               WHERE codigo IN (NEW.categoria_codigo, NEW.raiz_codigo))), 'B')
        || setweight(to_tsvector('comercio_es', NEW.vendedor_nombre || ' ' || NEW.lugar || ' ' || NEW.sku), 'C')
        || setweight(to_tsvector('comercio_es', NEW.descripcion), 'D');
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_producto_indexar BEFORE INSERT OR UPDATE OF
    titulo, descripcion, categoria_codigo, raiz_codigo, vendedor_nombre, lugar, sku ON comercio_producto
    FOR EACH ROW EXECUTE FUNCTION comercio_producto_indexar();

-- Words are inserted in order so that two sellers publishing at once cannot deadlock.
CREATE FUNCTION comercio_producto_anotar_vocablos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO comercio_vocablo (palabra)
    SELECT DISTINCT p FROM regexp_split_to_table(lower(unaccent(NEW.titulo)), '[^[:alnum:]]+') p
    WHERE length(p) >= 3 AND p !~ '[0-9]'
      AND NOT EXISTS (SELECT 1 FROM comercio_vocablo v WHERE v.palabra = p)
    ORDER BY p
    ON CONFLICT (palabra) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_producto_anotar_vocablos AFTER INSERT OR UPDATE OF titulo, estado ON comercio_producto
    FOR EACH ROW WHEN (NEW.estado = 'publicado') EXECUTE FUNCTION comercio_producto_anotar_vocablos();

CREATE FUNCTION comercio_inmutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER comercio_pedido_linea_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pedido_comision_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_comision
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pedido_paso_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_paso
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_compra_inmutable BEFORE UPDATE OR DELETE ON comercio_compra
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pedido_venta_inmutable
    BEFORE UPDATE OF id, numero, compra_id, vendedor_id, comprador_id, modalidad, total, peso_g, custodia_id
    ON comercio_pedido FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pedido_sin_borrado BEFORE DELETE ON comercio_pedido
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

CREATE SEQUENCE comercio_pedido_numero_seq START 100001;
"""

# code, parent, name, lucide icon
CATEGORIAS = [
    ("alimentos", None, "Alimentos y bebidas", "wheat"),
    ("granos-andinos", "alimentos", "Granos andinos y cereales", "wheat"),
    ("cafe-y-cacao", "alimentos", "Café, cacao y chocolate", "coffee"),
    ("miel-y-dulces", "alimentos", "Miel, mermeladas y dulces", "candy"),
    ("castana-y-frutos-secos", "alimentos", "Castaña y frutos secos", "nut"),
    ("ajies-sal-y-especias", "alimentos", "Ajíes, sal y especias", "flame"),
    ("charque-y-conservas", "alimentos", "Charque, quesos y conservas", "beef"),
    ("infusiones", "alimentos", "Infusiones y plantas", "leaf"),
    ("singani-y-vinos", "alimentos", "Singani, vinos y licores", "wine"),
    ("textiles", None, "Textiles y ropa", "shirt"),
    ("alpaca-y-llama", "textiles", "Prendas de alpaca y llama", "shirt"),
    ("aguayos-y-tejidos", "textiles", "Aguayos y tejidos", "grid-3x3"),
    ("ropa-y-polleras", "textiles", "Ropa, polleras y trajes", "scissors"),
    ("cuero-y-calzado", "textiles", "Cuero y calzado", "footprints"),
    ("sombreros", "textiles", "Sombreros y gorros", "hat-glasses"),
    ("artesania", None, "Artesanía", "palette"),
    ("ceramica", "artesania", "Cerámica", "amphora"),
    ("tallado-en-madera", "artesania", "Tallado en madera", "tree-palm"),
    ("instrumentos", "artesania", "Instrumentos musicales", "guitar"),
    ("joyeria-y-plateria", "artesania", "Joyería y platería", "gem"),
    ("cesteria", "artesania", "Cestería y fibras", "shopping-basket"),
    ("mascaras-y-danza", "artesania", "Máscaras y danza", "drama"),
    ("juguetes", "artesania", "Juguetes", "toy-brick"),
    ("hogar", None, "Hogar y muebles", "armchair"),
    ("muebles", "hogar", "Muebles", "armchair"),
    ("cocina", "hogar", "Cocina y menaje", "cooking-pot"),
    ("ropa-de-cama", "hogar", "Frazadas y ropa de cama", "bed-double"),
    ("limpieza", "hogar", "Limpieza", "spray-can"),
    ("cuidado", None, "Cuidado personal", "heart-pulse"),
    ("jabones-y-cosmetica", "cuidado", "Jabones y cosmética natural", "droplets"),
    ("plantas-medicinales", "cuidado", "Ungüentos y plantas medicinales", "sprout"),
    ("agro", None, "Agro y herramientas", "tractor"),
    ("semillas-y-abonos", "agro", "Semillas y abonos", "sprout"),
    ("herramientas", "agro", "Herramientas", "hammer"),
    ("riego-y-apicultura", "agro", "Riego y apicultura", "droplet"),
    ("oficina", None, "Oficina y escuela", "pencil"),
    ("papeleria", "oficina", "Papelería", "notebook-pen"),
    ("libros", "oficina", "Libros", "book-open"),
    ("uniformes", "oficina", "Uniformes y mochilas", "backpack"),
    ("servicios", None, "Servicios", "handshake"),
    ("confeccion", "servicios", "Confección y bordado", "scissors"),
    ("reparaciones", "servicios", "Reparaciones y oficios", "wrench"),
    ("refrigerios", "servicios", "Comida y refrigerios", "utensils"),
    ("turismo", "servicios", "Turismo comunitario", "mountain"),
    ("diseno-e-imprenta", "servicios", "Diseño e imprenta", "printer"),
]

# Demonstration values: the norm that sets them in production replaces these rows with dated ones.
TASA = {
    "id": "018f0000-0000-7000-8000-000000000601",
    "tasa_pb": 300,
    "minimo": 50,
    "maximo": 20000,
    "impuesto_pb": 1300,
    "desde": "2020-01-01",
    "norma": "Valor de demostración: 3 % de la venta, mínimo Bs 0,50, máximo Bs 200; IVA 13 % incluido (Ley 843).",
}
PLAZOS = [
    (
        "018f0000-0000-7000-8000-000000000602",
        "despacho_dias_habiles",
        5,
        "Valor de demostración: días hábiles del vendedor para despachar o prestar el servicio.",
    ),
    (
        "018f0000-0000-7000-8000-000000000603",
        "carrito_anonimo_dias",
        30,
        "Valor de demostración: días que se guarda un carrito sin dueño.",
    ),
]


def upgrade() -> None:
    for sentencias in (CONFIGURACION_DE_TEXTO, TABLAS, VIGENCIAS, DISPARADORES):
        op.execute(sa.text(sentencias.replace(":", r"\:")))
    conexion = op.get_bind()
    conexion.execute(
        sa.text(
            "INSERT INTO comercio_categoria (codigo, padre_codigo, nombre, icono, es_servicio, orden) "
            "SELECT c->>0, c->>1, c->>2, c->>3, coalesce(c->>1, c->>0) = 'servicios', n "
            "FROM jsonb_array_elements(CAST(:categorias AS jsonb)) WITH ORDINALITY AS t (c, n)"
        ),
        {"categorias": json.dumps(CATEGORIAS)},
    )
    conexion.execute(
        sa.text(
            "INSERT INTO comercio_tasa_comision (id, tasa_pb, minimo, maximo, impuesto_pb, vigente_desde, norma) "
            "VALUES (:id, :tasa_pb, :minimo, :maximo, :impuesto_pb, :desde, :norma)"
        ),
        TASA,
    )
    for id_, codigo, valor, norma in PLAZOS:
        conexion.execute(
            sa.text(
                "INSERT INTO comercio_plazo (id, codigo, valor, vigente_desde, norma) "
                "VALUES (:id, :codigo, :valor, '2020-01-01', :norma)"
            ),
            {"id": id_, "codigo": codigo, "valor": valor, "norma": norma},
        )


def downgrade() -> None:
    op.execute(
        """
        DROP TABLE comercio_pedido_paso, comercio_pedido_comision, comercio_pedido_linea, comercio_pedido,
            comercio_compra, comercio_carrito_linea, comercio_carrito, comercio_plazo, comercio_tasa_comision,
            comercio_vocablo, comercio_producto_foto, comercio_producto, comercio_categoria;
        DROP SEQUENCE comercio_pedido_numero_seq;
        DROP FUNCTION comercio_producto_indexar, comercio_producto_anotar_vocablos, comercio_inmutable;
        DROP TEXT SEARCH CONFIGURATION comercio_es;
        """
    )
