-- The registry: reference tables, entries, and the record that derives from them.

CREATE SEQUENCE registro_serie AS BIGINT;  -- serial of unit numbers: only grows, is never reset

CREATE TABLE registro_departamento (
    ine TEXT NOT NULL,
    iso_3166_2 TEXT NOT NULL,
    ci_expedido TEXT NOT NULL,
    nombre TEXT NOT NULL,
    capital_ine TEXT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_registro_departamento PRIMARY KEY (ine)
);

CREATE TABLE registro_provincia (
    ine TEXT NOT NULL,
    departamento_ine TEXT NOT NULL,
    nombre TEXT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_registro_provincia PRIMARY KEY (ine),
    CONSTRAINT fk_registro_provincia_departamento_ine FOREIGN KEY(departamento_ine)
        REFERENCES registro_departamento (ine)
);

CREATE TABLE registro_municipio (
    ine TEXT NOT NULL,
    provincia_ine TEXT NOT NULL,
    departamento_ine TEXT NOT NULL,
    nombre TEXT NOT NULL,
    otro_nombre TEXT,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_registro_municipio PRIMARY KEY (ine),
    CONSTRAINT fk_registro_municipio_provincia_ine FOREIGN KEY(provincia_ine) REFERENCES registro_provincia (ine),
    CONSTRAINT fk_registro_municipio_departamento_ine FOREIGN KEY(departamento_ine)
        REFERENCES registro_departamento (ine)
);

CREATE TABLE registro_actividad (
    codigo TEXT NOT NULL,
    nivel TEXT NOT NULL,
    padre TEXT,
    seccion TEXT NOT NULL,
    nombre TEXT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_registro_actividad PRIMARY KEY (codigo),
    CONSTRAINT ck_registro_actividad_nivel CHECK (nivel IN ('seccion', 'division', 'clase')),
    CONSTRAINT fk_registro_actividad_padre FOREIGN KEY(padre) REFERENCES registro_actividad (codigo)
);

CREATE TABLE registro_forma_legal (
    codigo TEXT NOT NULL,
    nombre TEXT NOT NULL,
    abreviatura TEXT,
    origen TEXT NOT NULL,
    orden INTEGER NOT NULL,
    tipos TEXT[] NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_registro_forma_legal PRIMARY KEY (codigo)
);

CREATE TABLE registro_unidad (
    id UUID NOT NULL,
    numero TEXT NOT NULL,
    tipo TEXT NOT NULL,
    estado TEXT NOT NULL,
    denominacion TEXT NOT NULL,
    nombre_comercial TEXT,
    forma_legal TEXT,
    municipio_ine TEXT,
    actividad_ciiu TEXT,
    direccion TEXT,
    latitud NUMERIC(9,6),
    longitud NUMERIC(9,6),
    telefono TEXT,
    correo TEXT,
    sitio_web TEXT,
    descripcion TEXT,
    motivo TEXT,
    version INTEGER NOT NULL,
    secuencia INTEGER NOT NULL,
    huella TEXT NOT NULL,
    inscrita_en TIMESTAMPTZ,
    creado_en TIMESTAMPTZ NOT NULL,
    actualizado_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_registro_unidad PRIMARY KEY (id),
    CONSTRAINT ck_registro_unidad_numero CHECK (numero ~ '^UE-[0-9]{7,12}-[0-9]$'),
    CONSTRAINT ck_registro_unidad_tipo CHECK (
        tipo IN ('EMPRESA', 'COOPERATIVA', 'ASOCIACION', 'OECA', 'COMUNIDAD', 'PERSONA_NATURAL',
        'ENTIDAD_PUBLICA', 'OPERADOR_POSTAL')),
    CONSTRAINT ck_registro_unidad_estado CHECK (
        estado IN ('borrador', 'presentada', 'observada', 'subsanada', 'inscrita', 'suspendida',
        'cancelada')),
    CONSTRAINT ck_registro_unidad_denominacion CHECK (denominacion = btrim(denominacion) AND denominacion <> ''),
    CONSTRAINT ck_registro_unidad_completa CHECK (
        estado IN ('borrador', 'cancelada') OR (forma_legal IS NOT NULL AND municipio_ine IS NOT NULL
        AND actividad_ciiu IS NOT NULL AND direccion IS NOT NULL)),
    CONSTRAINT ck_registro_unidad_inscripcion CHECK (
        estado NOT IN ('inscrita', 'suspendida') OR inscrita_en IS NOT NULL),
    CONSTRAINT ck_registro_unidad_coordenadas CHECK ((latitud IS NULL) = (longitud IS NULL)),
    CONSTRAINT ck_registro_unidad_coordenadas_de_bolivia CHECK (
        latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57),
    CONSTRAINT ck_registro_unidad_version CHECK (version >= 1 AND secuencia >= 1),
    CONSTRAINT uq_registro_unidad_numero UNIQUE (numero),
    CONSTRAINT fk_registro_unidad_forma_legal FOREIGN KEY(forma_legal) REFERENCES registro_forma_legal (codigo),
    CONSTRAINT fk_registro_unidad_municipio_ine FOREIGN KEY(municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT fk_registro_unidad_actividad_ciiu FOREIGN KEY(actividad_ciiu) REFERENCES registro_actividad (codigo)
);

CREATE TABLE registro_asiento (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    secuencia INTEGER NOT NULL,
    instante TIMESTAMPTZ NOT NULL,
    operacion TEXT NOT NULL,
    actor_tipo TEXT NOT NULL,
    actor_id UUID,
    actor_nombre TEXT,
    por_unidad_id UUID,
    mandato_id UUID,
    datos JSONB NOT NULL,
    sales JSONB NOT NULL,
    huellas JSONB NOT NULL,
    huella_anterior TEXT,
    huella TEXT NOT NULL,
    CONSTRAINT pk_registro_asiento PRIMARY KEY (id),
    CONSTRAINT uq_registro_asiento_unidad_id_secuencia UNIQUE (unidad_id, secuencia),
    CONSTRAINT ck_registro_asiento_secuencia CHECK (secuencia >= 1),
    CONSTRAINT ck_registro_asiento_operacion CHECK (
        operacion IN ('crear', 'editar', 'presentar', 'observar', 'inscribir', 'suspender',
        'rehabilitar', 'cancelar', 'restaurar', 'otorgar_mandato', 'revocar_mandato',
        'solicitar_habilitacion', 'otorgar_habilitacion', 'rechazar_habilitacion',
        'suspender_habilitacion')),
    CONSTRAINT ck_registro_asiento_actor_tipo CHECK (actor_tipo IN ('persona', 'cliente', 'sistema')),
    CONSTRAINT ck_registro_asiento_huella CHECK (huella ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_registro_asiento_cadena CHECK ((secuencia = 1) = (huella_anterior IS NULL)),
    CONSTRAINT fk_registro_asiento_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_asiento_por_unidad_id FOREIGN KEY(por_unidad_id) REFERENCES registro_unidad (id)
);

CREATE TABLE registro_cambio (
    numero BIGINT NOT NULL,
    asiento_id UUID NOT NULL,
    CONSTRAINT pk_registro_cambio PRIMARY KEY (numero),
    CONSTRAINT uq_registro_cambio_asiento_id UNIQUE (asiento_id),
    CONSTRAINT fk_registro_cambio_asiento_id FOREIGN KEY(asiento_id) REFERENCES registro_asiento (id)
);

CREATE TABLE registro_identificador (
    unidad_id UUID NOT NULL,
    esquema TEXT NOT NULL,
    valor TEXT NOT NULL,
    vivo BOOLEAN NOT NULL,
    CONSTRAINT pk_registro_identificador PRIMARY KEY (unidad_id, esquema),
    CONSTRAINT fk_registro_identificador_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id)
);

CREATE TABLE registro_unidad_actividad (
    unidad_id UUID NOT NULL,
    actividad TEXT NOT NULL,
    CONSTRAINT pk_registro_unidad_actividad PRIMARY KEY (unidad_id, actividad),
    CONSTRAINT fk_registro_unidad_actividad_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_unidad_actividad_actividad FOREIGN KEY(actividad) REFERENCES registro_actividad (codigo)
);

CREATE TABLE registro_mandato (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    apoderado_persona_id UUID,
    apoderado_unidad_id UUID,
    facultades TEXT[] NOT NULL,
    monto_limite BIGINT,
    valido_desde TIMESTAMPTZ NOT NULL,
    valido_hasta TIMESTAMPTZ,
    firmas_requeridas SMALLINT NOT NULL,
    grupo_firma UUID,
    subdelegable BOOLEAN NOT NULL,
    delegado_de UUID,
    documento TEXT,
    revocado_en TIMESTAMPTZ,
    revocado_motivo TEXT,
    creado_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_registro_mandato PRIMARY KEY (id),
    CONSTRAINT ck_registro_mandato_un_apoderado CHECK (num_nonnulls(apoderado_persona_id, apoderado_unidad_id) = 1),
    CONSTRAINT ck_registro_mandato_otra_unidad CHECK (apoderado_unidad_id <> unidad_id),
    CONSTRAINT ck_registro_mandato_facultades CHECK (
        cardinality(facultades) > 0 AND facultades <@ ARRAY['ADMINISTRAR', 'VENDER', 'OFERTAR',
        'COMPRAR', 'PAGAR', 'TRAMITAR', 'EVALUAR', 'DESPACHAR', 'REGULAR']),
    CONSTRAINT ck_registro_mandato_monto_limite CHECK (monto_limite > 0),
    CONSTRAINT ck_registro_mandato_firmas CHECK (firmas_requeridas >= 1),
    CONSTRAINT ck_registro_mandato_grupo_firma CHECK (firmas_requeridas = 1 OR grupo_firma IS NOT NULL),
    CONSTRAINT ck_registro_mandato_vigencia CHECK (valido_hasta > valido_desde),
    CONSTRAINT ck_registro_mandato_revocacion CHECK ((revocado_en IS NULL) = (revocado_motivo IS NULL)),
    CONSTRAINT fk_registro_mandato_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_mandato_apoderado_persona_id FOREIGN KEY(apoderado_persona_id)
        REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_mandato_apoderado_unidad_id FOREIGN KEY(apoderado_unidad_id)
        REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_mandato_delegado_de FOREIGN KEY(delegado_de) REFERENCES registro_mandato (id)
);

CREATE TABLE registro_habilitacion (
    unidad_id UUID NOT NULL,
    habilitacion TEXT NOT NULL,
    estado TEXT NOT NULL,
    norma TEXT,
    vigente_desde DATE,
    vigente_hasta DATE,
    motivo TEXT,
    solicitada_en TIMESTAMPTZ NOT NULL,
    resuelta_en TIMESTAMPTZ,
    CONSTRAINT pk_registro_habilitacion PRIMARY KEY (unidad_id, habilitacion),
    CONSTRAINT ck_registro_habilitacion_habilitacion CHECK (
        habilitacion IN ('VENDEDOR', 'PROVEEDOR_DEL_ESTADO', 'OPERADOR_POSTAL',
        'ENTIDAD_CONTRATANTE', 'RECEPTOR_DE_PAGOS', 'AUTORIDAD_REGULADORA')),
    CONSTRAINT ck_registro_habilitacion_estado CHECK (
        estado IN ('solicitada', 'otorgada', 'rechazada', 'suspendida')),
    CONSTRAINT ck_registro_habilitacion_otorgamiento CHECK (
        estado NOT IN ('otorgada', 'suspendida') OR (norma IS NOT NULL AND vigente_desde IS NOT NULL)),
    CONSTRAINT ck_registro_habilitacion_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ck_registro_habilitacion_motivo CHECK (
        estado NOT IN ('rechazada', 'suspendida') OR motivo IS NOT NULL),
    CONSTRAINT fk_registro_habilitacion_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id)
);

CREATE TABLE registro_busqueda (
    unidad_id UUID NOT NULL,
    estado TEXT NOT NULL,
    tipo TEXT NOT NULL,
    municipio_ine TEXT,
    nombre TEXT NOT NULL,
    texto TSVECTOR NOT NULL,
    CONSTRAINT pk_registro_busqueda PRIMARY KEY (unidad_id),
    CONSTRAINT fk_registro_busqueda_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id)
);

CREATE INDEX ix_registro_unidad_actividad_ciiu ON registro_unidad (actividad_ciiu, id);
CREATE INDEX ix_registro_unidad_estado ON registro_unidad (estado, actualizado_en, id);
CREATE INDEX ix_registro_unidad_lugar ON registro_unidad (municipio_ine text_pattern_ops, id);
CREATE INDEX ix_registro_identificador_valor ON registro_identificador (valor);
CREATE UNIQUE INDEX uq_registro_identificador_vivo ON registro_identificador (esquema, valor) WHERE vivo;
CREATE INDEX ix_registro_unidad_actividad_actividad ON registro_unidad_actividad (actividad, unidad_id);
CREATE INDEX ix_registro_mandato_apoderada ON registro_mandato (apoderado_unidad_id, unidad_id);
CREATE INDEX ix_registro_mandato_delegado_de ON registro_mandato (delegado_de);
CREATE INDEX ix_registro_mandato_persona ON registro_mandato (apoderado_persona_id, unidad_id);
CREATE INDEX ix_registro_mandato_unidad ON registro_mandato (unidad_id);
CREATE INDEX ix_registro_habilitacion_estado ON registro_habilitacion (estado, solicitada_en);
CREATE INDEX ix_registro_busqueda_nombre ON registro_busqueda USING gin (nombre gin_trgm_ops);
CREATE INDEX ix_registro_busqueda_texto ON registro_busqueda USING gin (texto);
