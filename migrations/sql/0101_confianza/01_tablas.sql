-- Rules of sale, reports about products, what the authority takes off sale.
CREATE TABLE comercio_regla_de_venta (
    codigo varchar(40) NOT NULL,
    clase varchar(12) NOT NULL,
    nombre varchar(120) NOT NULL,
    frases text[] NOT NULL,
    que_se_pide varchar(300) NOT NULL,
    norma varchar(200) NOT NULL,
    confirmado boolean NOT NULL,
    vigente_desde date NOT NULL,
    vigente_hasta date,
    CONSTRAINT pk_comercio_regla_de_venta PRIMARY KEY (codigo),
    CONSTRAINT ck_comercio_regla_de_venta_clase CHECK (clase IN ('prohibido', 'restringido')),
    CONSTRAINT ck_comercio_regla_de_venta_frases CHECK (cardinality(frases) > 0),
    CONSTRAINT ck_comercio_regla_de_venta_vigencia CHECK (vigente_hasta > vigente_desde)
);

CREATE TABLE comercio_denuncia (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    persona_id uuid,
    regla_codigo varchar(40),
    motivo varchar(12) NOT NULL,
    relato varchar(1000) NOT NULL,
    estado varchar(12) NOT NULL,
    abierta_en timestamptz NOT NULL,
    vence_en timestamptz,
    terminada_en timestamptz,
    decision varchar(1000) NOT NULL,
    decidio_id uuid,
    decidio varchar(200) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_comercio_denuncia PRIMARY KEY (id),
    CONSTRAINT fk_comercio_denuncia_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT fk_comercio_denuncia_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_denuncia_regla_codigo FOREIGN KEY (regla_codigo)
        REFERENCES comercio_regla_de_venta (codigo),
    CONSTRAINT ck_comercio_denuncia_motivo CHECK (
        motivo IN ('prohibido', 'peligroso', 'falso', 'imitacion', 'ofensivo', 'revision')),
    CONSTRAINT ck_comercio_denuncia_quien CHECK (
        (persona_id IS NULL) = (regla_codigo IS NOT NULL)
        AND (regla_codigo IS NOT NULL) = (motivo = 'revision')),
    CONSTRAINT ck_comercio_denuncia_reloj CHECK (
        (vence_en IS NOT NULL) = (estado = 'abierta') AND (terminada_en IS NULL) = (estado = 'abierta')),
    CONSTRAINT ck_comercio_denuncia_decision CHECK (
        (decidio_id IS NOT NULL) = (estado IN ('procede', 'no_procede'))
        AND (decision <> '') = (estado IN ('procede', 'no_procede')))
);
CREATE UNIQUE INDEX uq_comercio_denuncia_persona ON comercio_denuncia (producto_id, persona_id)
    WHERE estado = 'abierta' AND persona_id IS NOT NULL;
CREATE UNIQUE INDEX uq_comercio_denuncia_regla ON comercio_denuncia (producto_id, regla_codigo)
    WHERE estado IN ('abierta', 'no_procede') AND regla_codigo IS NOT NULL;
CREATE INDEX ix_comercio_denuncia_persona_id_abierta_en ON comercio_denuncia (persona_id, abierta_en);
CREATE INDEX ix_comercio_denuncia_producto_id_abierta_en ON comercio_denuncia (producto_id, abierta_en);
CREATE INDEX ix_comercio_denuncia_vence_en_id ON comercio_denuncia (vence_en, id) WHERE vence_en IS NOT NULL;

CREATE TABLE comercio_intervencion (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    estaba varchar(12) NOT NULL,
    estado varchar(12) NOT NULL,
    motivos varchar(1000) NOT NULL,
    decidio_id uuid NOT NULL,
    decidio varchar(200) NOT NULL,
    abierta_en timestamptz NOT NULL,
    vence_en timestamptz,
    terminada_en timestamptz,
    apelacion varchar(1000) NOT NULL,
    apelada_en timestamptz,
    apelo_id uuid,
    apelo varchar(200) NOT NULL,
    resolucion varchar(1000) NOT NULL,
    resolvio_id uuid,
    resolvio varchar(200) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_comercio_intervencion PRIMARY KEY (id),
    CONSTRAINT fk_comercio_intervencion_producto_id_vendedor_id FOREIGN KEY (producto_id, vendedor_id)
        REFERENCES comercio_producto (id, vendedor_id),
    CONSTRAINT ck_comercio_intervencion_estaba CHECK (
        estaba IN ('borrador', 'publicado', 'pausado', 'retirado')),
    CONSTRAINT ck_comercio_intervencion_motivos CHECK (motivos <> ''),
    CONSTRAINT ck_comercio_intervencion_reloj CHECK (
        (vence_en IS NOT NULL) = (estado IN ('vigente', 'apelada'))),
    CONSTRAINT ck_comercio_intervencion_fin CHECK (
        (terminada_en IS NULL) = (estado IN ('vigente', 'apelada'))),
    CONSTRAINT ck_comercio_intervencion_apelacion CHECK (
        (apelada_en IS NOT NULL) = (apelacion <> '') AND (apelada_en IS NOT NULL) = (apelo_id IS NOT NULL)
        AND (estado <> 'apelada' OR apelada_en IS NOT NULL)),
    CONSTRAINT ck_comercio_intervencion_otra_persona CHECK (resolvio_id <> decidio_id),
    CONSTRAINT ck_comercio_intervencion_resuelta CHECK (
        resolvio_id IS NULL OR (resolucion <> '' AND terminada_en IS NOT NULL))
);
CREATE UNIQUE INDEX uq_comercio_intervencion_producto ON comercio_intervencion (producto_id)
    WHERE estado <> 'levantada';
CREATE INDEX ix_comercio_intervencion_producto_id_abierta_en
    ON comercio_intervencion (producto_id, abierta_en);
CREATE INDEX ix_comercio_intervencion_vence_en_id ON comercio_intervencion (vence_en, id)
    WHERE vence_en IS NOT NULL;

GRANT SELECT ON comercio_regla_de_venta TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (estado, vence_en, terminada_en, decision, decidio_id, decidio, version)
    ON comercio_denuncia TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (estado, vence_en, terminada_en, apelacion, apelada_en, apelo_id, apelo,
    resolucion, resolvio_id, resolvio, version) ON comercio_intervencion TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000009701', 'comercio.revisar_denuncia',
     'Decidir sobre un producto denunciado: la autoridad', 10, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'Regla de la plataforma', 'Sin decisión el producto sigue a la venta.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000009702', 'comercio.apelar_intervencion',
     'Apelar que un producto se retiró de la venta: quien vende', 10, 'dias_habiles', 'dia_habil_siguiente', true,
     NULL, 'Regla de la plataforma', 'Sin apelación queda retirado.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000009703', 'comercio.resolver_apelacion',
     'Resolver la apelación de un producto retirado: la autoridad', 10, 'dias_habiles', 'dia_habil_siguiente',
     true, 'positivo', 'Regla de la plataforma', 'Sin resolución el producto vuelve a como estaba.', false,
     '2017-01-01');
