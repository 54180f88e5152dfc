-- The State's market: a row for each process, of the history or of here, and for each planned line; and what is asked in each.
-- They are worked out of their sources, and `verify` works them out again.
CREATE TABLE feria_mercado_proceso (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    convocatoria_id UUID,
    secuencia SMALLINT,
    plan_linea_id UUID,
    archivo_id INTEGER,
    linea INTEGER,
    cuce VARCHAR(30),
    gestion SMALLINT NOT NULL,
    entidad_codigo VARCHAR(4),
    entidad VARCHAR(300),
    unidad_id UUID,
    objeto VARCHAR(4000),
    categoria VARCHAR(15),
    modalidad VARCHAR(30),
    normativa VARCHAR(120),
    etapa VARCHAR(10) NOT NULL,
    estado VARCHAR(100),
    subasta BOOLEAN,
    publicado DATE,
    presentacion DATE,
    cierra_en TIMESTAMPTZ,
    decidido DATE,
    previsto DATE,
    departamento VARCHAR(2),
    municipio_ine TEXT,
    total_referencial BIGINT,
    total_adjudicado BIGINT,
    proponentes INTEGER,
    dias_al_pago INTEGER,
    fallas VARCHAR(30)[] NOT NULL,
    visto_en DATE NOT NULL,
    items INTEGER NOT NULL,
    familias VARCHAR(4)[] NOT NULL,
    unidades VARCHAR(30)[] NOT NULL,
    busqueda TSVECTOR NOT NULL,
    dia DATE NOT NULL GENERATED ALWAYS AS
        (coalesce(publicado, previsto, presentacion, decidido, make_date(gestion, 1, 1))) STORED,
    mes SMALLINT GENERATED ALWAYS AS
        (extract(month FROM coalesce(publicado, previsto, presentacion, decidido))::smallint) STORED,
    CONSTRAINT pk_feria_mercado_proceso PRIMARY KEY (id),
    CONSTRAINT uq_feria_mercado_proceso_cuce UNIQUE (cuce),
    CONSTRAINT uq_feria_mercado_proceso_convocatoria_id UNIQUE (convocatoria_id),
    CONSTRAINT uq_feria_mercado_proceso_plan_linea_id UNIQUE (plan_linea_id),
    CONSTRAINT fk_feria_mercado_proceso_convocatoria_id_feria_convocatoria
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_mercado_proceso_plan_linea_id_feria_plan_linea
        FOREIGN KEY (plan_linea_id) REFERENCES feria_plan_linea (id),
    CONSTRAINT ck_feria_mercado_proceso_fuente CHECK (num_nonnulls(convocatoria_id, plan_linea_id, archivo_id) = 1
        AND num_nonnulls(convocatoria_id) = num_nonnulls(secuencia) AND num_nonnulls(archivo_id) = num_nonnulls(linea)
        AND num_nonnulls(plan_linea_id, cuce) = 1),
    CONSTRAINT ck_feria_mercado_proceso_gestion CHECK (gestion BETWEEN 2000 AND 2100),
    CONSTRAINT ck_feria_mercado_proceso_etapa CHECK (etapa IN
        ('programado', 'convocado', 'en_curso', 'adjudicado', 'desierto', 'sin_efecto', 'no_consta')
        AND (etapa = 'programado') = (plan_linea_id IS NOT NULL)),
    CONSTRAINT ck_feria_mercado_proceso_categoria
        CHECK (categoria IN ('bienes', 'servicios', 'obras', 'consultoria')),
    CONSTRAINT ck_feria_mercado_proceso_departamento CHECK (departamento ~ '^0[1-9]$'),
    CONSTRAINT ck_feria_mercado_proceso_montos
        CHECK (least(total_referencial, total_adjudicado, proponentes, dias_al_pago, items) >= 0)
);
-- Lists are by day, of processes; what is planned has its own, by its stage.
CREATE INDEX ix_feria_mercado_proceso_dia ON feria_mercado_proceso (dia, id) WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_entidad_codigo ON feria_mercado_proceso (entidad_codigo, dia, id)
    WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_departamento ON feria_mercado_proceso (departamento, dia, id)
    WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_modalidad ON feria_mercado_proceso (modalidad, dia, id)
    WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_normativa ON feria_mercado_proceso (normativa, dia, id)
    WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_categoria ON feria_mercado_proceso (categoria, dia, id)
    WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_mes ON feria_mercado_proceso (mes, dia, id) WHERE etapa <> 'programado';
CREATE INDEX ix_feria_mercado_proceso_etapa ON feria_mercado_proceso (etapa, dia, id);
CREATE INDEX ix_feria_mercado_proceso_cierra_en ON feria_mercado_proceso (cierra_en, id) WHERE etapa = 'convocado';
CREATE INDEX ix_feria_mercado_proceso_unidad_id ON feria_mercado_proceso (unidad_id);
CREATE INDEX ix_feria_mercado_proceso_busqueda ON feria_mercado_proceso USING gin (busqueda, familias, unidades);
GRANT SELECT, INSERT, UPDATE, DELETE ON feria_mercado_proceso TO qhatu_aplicacion;

CREATE TABLE feria_mercado_item (
    proceso_id BIGINT NOT NULL,
    lugar INTEGER NOT NULL,
    numero INTEGER,
    unspsc VARCHAR(8),
    familia VARCHAR(4),
    descripcion VARCHAR(4000),
    unidad VARCHAR(30),
    contenido NUMERIC(14, 4),
    contenido_unidad VARCHAR(30),
    unidad_texto VARCHAR(100),
    cantidad NUMERIC(14, 4),
    precio_referencial NUMERIC(18, 4),
    precio_adjudicado NUMERIC(18, 4),
    proveedor VARCHAR(300),
    proveedor_numero VARCHAR(20),
    fallas VARCHAR(30)[] NOT NULL,
    busqueda TSVECTOR NOT NULL GENERATED ALWAYS AS
        (to_tsvector('public.feria_es'::regconfig, public.nucleo_en_palabras(coalesce(descripcion, '')))) STORED,
    CONSTRAINT pk_feria_mercado_item PRIMARY KEY (proceso_id, lugar),
    CONSTRAINT fk_feria_mercado_item_proceso_id_feria_mercado_proceso
        FOREIGN KEY (proceso_id) REFERENCES feria_mercado_proceso (id) ON DELETE CASCADE,
    CONSTRAINT ck_feria_mercado_item_lugar CHECK (lugar > 0),
    CONSTRAINT ck_feria_mercado_item_unspsc CHECK (unspsc ~ '^[0-9]{8}$' AND familia = left(unspsc, 4)),
    CONSTRAINT ck_feria_mercado_item_familia CHECK (familia ~ '^[0-9]{4}$'),
    CONSTRAINT ck_feria_mercado_item_montos
        CHECK (least(numero, contenido, cantidad, precio_referencial, precio_adjudicado) >= 0)
);
CREATE INDEX ix_feria_mercado_item_familia ON feria_mercado_item (familia, unidad, proceso_id);
CREATE INDEX ix_feria_mercado_item_proveedor ON feria_mercado_item (proveedor, proceso_id);
CREATE INDEX ix_feria_mercado_item_proveedor_numero ON feria_mercado_item (proveedor_numero, proceso_id);
CREATE INDEX ix_feria_mercado_item_busqueda ON feria_mercado_item USING gin (busqueda);
GRANT SELECT, INSERT, UPDATE, DELETE ON feria_mercado_item TO qhatu_aplicacion;

-- Up to which line what a file of history says is in the market.
CREATE TABLE feria_mercado_archivo (
    archivo_id INTEGER NOT NULL,
    hasta_linea INTEGER NOT NULL,
    terminado BOOLEAN NOT NULL,
    CONSTRAINT pk_feria_mercado_archivo PRIMARY KEY (archivo_id),
    CONSTRAINT fk_feria_mercado_archivo_archivo_id_feria_historia_archivo
        FOREIGN KEY (archivo_id) REFERENCES feria_historia_archivo (id),
    CONSTRAINT ck_feria_mercado_archivo_hasta_linea CHECK (hasta_linea >= 0)
);
GRANT SELECT, INSERT, UPDATE (hasta_linea, terminado) ON feria_mercado_archivo TO qhatu_aplicacion;

-- How many processes there are of each year (0: all), cut by one thing (nothing: all of them), told by another.
CREATE TABLE feria_mercado_cuenta (
    anio SMALLINT NOT NULL,
    corte VARCHAR(12) NOT NULL,
    valor VARCHAR(120) NOT NULL,
    que VARCHAR(12) NOT NULL,
    cual VARCHAR(120) NOT NULL,
    nombre VARCHAR(300) NOT NULL,
    procesos INTEGER NOT NULL,
    desde DATE NOT NULL,
    hasta DATE NOT NULL,
    CONSTRAINT pk_feria_mercado_cuenta PRIMARY KEY (anio, corte, valor, que, cual),
    CONSTRAINT ck_feria_mercado_cuenta_procesos CHECK (procesos > 0),
    CONSTRAINT ck_feria_mercado_cuenta_hasta CHECK (hasta >= desde)
);
GRANT SELECT, INSERT, UPDATE (nombre, procesos, desde, hasta), DELETE ON feria_mercado_cuenta TO qhatu_aplicacion;

-- When they were counted last.
CREATE TABLE feria_mercado_recuento (
    id SMALLINT NOT NULL,
    hecho_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_mercado_recuento PRIMARY KEY (id),
    CONSTRAINT ck_feria_mercado_recuento_id CHECK (id = 1)
);
GRANT SELECT, INSERT, UPDATE (hecho_en) ON feria_mercado_recuento TO qhatu_aplicacion;
