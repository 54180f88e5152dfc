-- Reviews of what was bought: once a line of an order that ended, written again for some days, answered once, moderated.
CREATE TABLE comercio_opinion (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    linea_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    autor varchar(120) NOT NULL,
    estrellas smallint NOT NULL,
    version integer NOT NULL,
    oculta boolean NOT NULL,
    publicada_en timestamptz NOT NULL,
    editable_hasta timestamptz NOT NULL,
    CONSTRAINT pk_comercio_opinion PRIMARY KEY (id),
    CONSTRAINT uq_comercio_opinion_linea_id UNIQUE (linea_id),
    CONSTRAINT fk_comercio_opinion_linea_id_pedido_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT fk_comercio_opinion_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT fk_comercio_opinion_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_opinion_estrellas CHECK (estrellas BETWEEN 1 AND 5),
    CONSTRAINT ck_comercio_opinion_editable CHECK (editable_hasta > publicada_en)
);
CREATE INDEX ix_comercio_opinion_pedido_id ON comercio_opinion (pedido_id);
CREATE INDEX ix_comercio_opinion_producto_id_id ON comercio_opinion (producto_id, id);
CREATE INDEX ix_comercio_opinion_vendedor_id_id ON comercio_opinion (vendedor_id, id);
CREATE INDEX ix_comercio_opinion_oculta ON comercio_opinion (id) WHERE oculta;

CREATE TABLE comercio_opinion_version (
    opinion_id uuid NOT NULL,
    numero integer NOT NULL,
    estrellas smallint NOT NULL,
    texto varchar(2000) NOT NULL,
    persona_id uuid NOT NULL,
    actor varchar(200) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_opinion_version PRIMARY KEY (opinion_id, numero),
    CONSTRAINT fk_comercio_opinion_version_opinion_id FOREIGN KEY (opinion_id) REFERENCES comercio_opinion (id),
    CONSTRAINT fk_comercio_opinion_version_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_opinion_version_estrellas CHECK (estrellas BETWEEN 1 AND 5),
    CONSTRAINT ck_comercio_opinion_version_numero CHECK (numero BETWEEN 1 AND 99)
);
CREATE INDEX ix_comercio_opinion_version_persona_id ON comercio_opinion_version (persona_id);

CREATE TABLE comercio_opinion_respuesta (
    opinion_id uuid NOT NULL,
    version integer NOT NULL,
    texto varchar(1000) NOT NULL,
    actor varchar(200) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_opinion_respuesta PRIMARY KEY (opinion_id),
    CONSTRAINT fk_comercio_opinion_respuesta_opinion_id_version FOREIGN KEY (opinion_id, version)
        REFERENCES comercio_opinion_version (opinion_id, numero)
);

CREATE TABLE comercio_opinion_moderacion (
    id uuid NOT NULL,
    opinion_id uuid NOT NULL,
    oculta boolean NOT NULL,
    motivo varchar(500) NOT NULL,
    actor varchar(200) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_opinion_moderacion PRIMARY KEY (id),
    CONSTRAINT fk_comercio_opinion_moderacion_opinion_id FOREIGN KEY (opinion_id) REFERENCES comercio_opinion (id)
);
CREATE INDEX ix_comercio_opinion_moderacion_opinion_id_id ON comercio_opinion_moderacion (opinion_id, id);

GRANT SELECT, INSERT ON comercio_opinion TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_opinion_version TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_opinion_respuesta TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_opinion_moderacion TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f101', 'comercio.editar_opinion',
     'Cambiar una opinión, desde que se publica', 30, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Lo que decía antes queda guardado.', false, '2017-01-01');
