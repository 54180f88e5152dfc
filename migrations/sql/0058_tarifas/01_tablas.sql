-- A version of the rates of an operator, its services, places, routes and prices by weight.
CREATE TABLE envios_tarifario (
    id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    estado VARCHAR(12) NOT NULL,
    vigente_desde TIMESTAMP WITH TIME ZONE,
    vigente_hasta TIMESTAMP WITH TIME ZONE,
    leido JSONB NOT NULL,
    creado_por VARCHAR(120) NOT NULL,
    creado_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    tocado_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_envios_tarifario PRIMARY KEY (id),
    CONSTRAINT uq_envios_tarifario_operador_unidad_id UNIQUE (operador_unidad_id, numero),
    CONSTRAINT uq_envios_tarifario_id UNIQUE (id, operador_unidad_id),
    CONSTRAINT fk_envios_tarifario_operador_unidad_id_registro_unidad
        FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_envios_tarifario_numero CHECK (numero > 0),
    CONSTRAINT ck_envios_tarifario_vigencia CHECK (
        (estado IN ('borrador', 'descartado')) = (vigente_desde IS NULL)
        AND (vigente_hasta IS NULL OR vigente_hasta > vigente_desde)
    ),
    -- At any instant an operator has one version in force, or none.
    CONSTRAINT ex_envios_tarifario_vigencia EXCLUDE USING gist (
        operador_unidad_id WITH =, tstzrange(vigente_desde, vigente_hasta) WITH &&
    ) WHERE (estado = 'publicado')
);
CREATE UNIQUE INDEX uq_envios_tarifario_borrador ON envios_tarifario (operador_unidad_id) WHERE (estado = 'borrador');

CREATE TABLE envios_tarifario_servicio (
    tarifario_id UUID NOT NULL,
    codigo VARCHAR(20) NOT NULL,
    nombre VARCHAR(60) NOT NULL,
    indicador VARCHAR(2) NOT NULL,
    entrega VARCHAR(8) NOT NULL,
    cm3_por_kg INTEGER NOT NULL,
    peso_maximo_g INTEGER NOT NULL,
    lado_maximo_cm INTEGER NOT NULL,
    suma_maxima_cm INTEGER NOT NULL,
    seguro_pb INTEGER NOT NULL,
    seguro_minimo BIGINT NOT NULL,
    valor_maximo BIGINT NOT NULL,
    contra_entrega_pb INTEGER,
    contra_entrega_minimo BIGINT,
    recojo BIGINT,
    CONSTRAINT pk_envios_tarifario_servicio PRIMARY KEY (tarifario_id, codigo),
    CONSTRAINT fk_envios_tarifario_servicio_tarifario_id_envios_tarifario
        FOREIGN KEY (tarifario_id) REFERENCES envios_tarifario (id),
    CONSTRAINT ck_envios_tarifario_servicio_textos CHECK (
        codigo ~ '^[a-z0-9][a-z0-9-]{1,19}$' AND length(btrim(nombre)) > 0 AND indicador ~ '^[A-Z]{2}$'
        AND entrega IN ('puerta', 'agencia')
    ),
    CONSTRAINT ck_envios_tarifario_servicio_medidas CHECK (
        cm3_por_kg BETWEEN 1000 AND 20000 AND peso_maximo_g BETWEEN 1 AND 1000000
        AND lado_maximo_cm BETWEEN 1 AND 1000 AND suma_maxima_cm BETWEEN 1 AND 3000
    ),
    CONSTRAINT ck_envios_tarifario_servicio_recargos CHECK (
        seguro_pb BETWEEN 0 AND 10000 AND seguro_minimo >= 0 AND valor_maximo >= 0
        AND (contra_entrega_pb IS NULL) = (contra_entrega_minimo IS NULL)
        AND contra_entrega_pb BETWEEN 0 AND 10000 AND contra_entrega_minimo >= 0 AND recojo >= 0
    )
);

-- A department (2 digits) or a municipality (6), which is told apart from its department.
CREATE TABLE envios_tarifario_lugar (
    tarifario_id UUID NOT NULL,
    lugar VARCHAR(6) NOT NULL,
    zona VARCHAR(30) NOT NULL,
    corte TIME WITHOUT TIME ZONE NOT NULL,
    reparte INTEGER NOT NULL,
    recargo BIGINT NOT NULL,
    dias_mas INTEGER NOT NULL,
    CONSTRAINT pk_envios_tarifario_lugar PRIMARY KEY (tarifario_id, lugar),
    CONSTRAINT fk_envios_tarifario_lugar_tarifario_id_envios_tarifario
        FOREIGN KEY (tarifario_id) REFERENCES envios_tarifario (id),
    CONSTRAINT ck_envios_tarifario_lugar_lugar CHECK (lugar ~ '^0[1-9]([0-9]{4})?$'),
    CONSTRAINT ck_envios_tarifario_lugar_valores CHECK (
        length(zona) > 0 AND reparte BETWEEN 1 AND 127 AND recargo >= 0 AND dias_mas BETWEEN 0 AND 60
    )
);

CREATE TABLE envios_tarifario_ruta (
    tarifario_id UUID NOT NULL,
    servicio VARCHAR(20) NOT NULL,
    origen VARCHAR(30) NOT NULL,
    destino VARCHAR(30) NOT NULL,
    tarifa VARCHAR(30) NOT NULL,
    dias INTEGER NOT NULL,
    CONSTRAINT pk_envios_tarifario_ruta PRIMARY KEY (tarifario_id, servicio, origen, destino),
    CONSTRAINT fk_envios_tarifario_ruta_tarifario_id_envios_tarifario
        FOREIGN KEY (tarifario_id) REFERENCES envios_tarifario (id),
    CONSTRAINT ck_envios_tarifario_ruta_dias CHECK (dias BETWEEN 0 AND 60)
);

-- Weights above desde_g (nothing: 0) and up to hasta_g. Each begins where another one ends (no gap: the
-- foreign key), and no two overlap (the exclusion).
CREATE TABLE envios_tarifario_banda (
    tarifario_id UUID NOT NULL,
    servicio VARCHAR(20) NOT NULL,
    tarifa VARCHAR(30) NOT NULL,
    desde_g INTEGER,
    hasta_g INTEGER NOT NULL,
    precio BIGINT NOT NULL,
    paso_g INTEGER,
    precio_paso BIGINT,
    CONSTRAINT pk_envios_tarifario_banda PRIMARY KEY (tarifario_id, servicio, tarifa, hasta_g),
    CONSTRAINT fk_envios_tarifario_banda_tarifario_id_envios_tarifario
        FOREIGN KEY (tarifario_id) REFERENCES envios_tarifario (id),
    CONSTRAINT fk_envios_tarifario_banda_anterior
        FOREIGN KEY (tarifario_id, servicio, tarifa, desde_g)
        REFERENCES envios_tarifario_banda (tarifario_id, servicio, tarifa, hasta_g),
    CONSTRAINT ck_envios_tarifario_banda_pesos CHECK (
        desde_g > 0 AND hasta_g > coalesce(desde_g, 0) AND hasta_g <= 1000000
    ),
    CONSTRAINT ck_envios_tarifario_banda_precios CHECK (
        precio > 0 AND (paso_g IS NULL) = (precio_paso IS NULL) AND paso_g > 0 AND precio_paso >= 0
    ),
    CONSTRAINT ex_envios_tarifario_banda_pesos EXCLUDE USING gist (
        tarifario_id WITH =, servicio WITH =, tarifa WITH =,
        int4range(coalesce(desde_g, 0), hasta_g, '(]') WITH &&
    )
);

-- What somebody was told that it costs, line by line, and until when that is held.
CREATE TABLE envios_cotizacion (
    id UUID NOT NULL,
    tarifario_id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    servicio VARCHAR(20) NOT NULL,
    origen_ine TEXT NOT NULL,
    destino_ine TEXT NOT NULL,
    peso_g INTEGER NOT NULL,
    largo_cm INTEGER,
    ancho_cm INTEGER,
    alto_cm INTEGER,
    valor_declarado BIGINT NOT NULL,
    contra_entrega BIGINT NOT NULL,
    recojo BOOLEAN NOT NULL,
    peso_facturado_g INTEGER NOT NULL,
    cargo_base BIGINT NOT NULL,
    cargo_peso BIGINT NOT NULL,
    cargo_lejania BIGINT NOT NULL,
    cargo_seguro BIGINT NOT NULL,
    cargo_contra_entrega BIGINT NOT NULL,
    cargo_recojo BIGINT NOT NULL,
    total BIGINT NOT NULL,
    entrega_el DATE,
    ofrecida_en TIMESTAMP WITH TIME ZONE NOT NULL,
    vence_en TIMESTAMP WITH TIME ZONE NOT NULL,
    pedida_por VARCHAR(120) NOT NULL,
    CONSTRAINT pk_envios_cotizacion PRIMARY KEY (id),
    CONSTRAINT fk_envios_cotizacion_tarifario_id_envios_tarifario
        FOREIGN KEY (tarifario_id, operador_unidad_id) REFERENCES envios_tarifario (id, operador_unidad_id),
    CONSTRAINT fk_envios_cotizacion_servicio_envios_tarifario_servicio
        FOREIGN KEY (tarifario_id, servicio) REFERENCES envios_tarifario_servicio (tarifario_id, codigo),
    CONSTRAINT fk_envios_cotizacion_origen_ine_registro_municipio
        FOREIGN KEY (origen_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT fk_envios_cotizacion_destino_ine_registro_municipio
        FOREIGN KEY (destino_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT ck_envios_cotizacion_pesos CHECK (
        peso_g > 0 AND peso_facturado_g >= peso_g
        AND num_nulls(largo_cm, ancho_cm, alto_cm) IN (0, 3)
        AND largo_cm > 0 AND ancho_cm > 0 AND alto_cm > 0
    ),
    CONSTRAINT ck_envios_cotizacion_total CHECK (
        cargo_base > 0 AND cargo_peso >= 0 AND cargo_lejania >= 0 AND cargo_seguro >= 0
        AND cargo_contra_entrega >= 0 AND cargo_recojo >= 0
        AND valor_declarado >= 0 AND contra_entrega >= 0
        AND (valor_declarado > 0 OR cargo_seguro = 0) AND (contra_entrega > 0 OR cargo_contra_entrega = 0)
        AND (recojo OR cargo_recojo = 0)
        AND total = cargo_base + cargo_peso + cargo_lejania + cargo_seguro + cargo_contra_entrega + cargo_recojo
    ),
    CONSTRAINT ck_envios_cotizacion_vence CHECK (vence_en > ofrecida_en)
);
CREATE INDEX ix_envios_cotizacion_pedida_por ON envios_cotizacion (pedida_por, ofrecida_en, id);
CREATE INDEX ix_envios_cotizacion_tarifario_id ON envios_cotizacion (tarifario_id);

GRANT SELECT, INSERT, UPDATE (estado, vigente_desde, vigente_hasta, leido, tocado_en) ON envios_tarifario TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON envios_tarifario_servicio TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON envios_tarifario_lugar TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON envios_tarifario_ruta TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON envios_tarifario_banda TO qhatu_aplicacion;
GRANT SELECT, INSERT ON envios_cotizacion TO qhatu_aplicacion;
