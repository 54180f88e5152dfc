-- When a seller attends, how many at once and with how much notice.
CREATE TABLE comercio_agenda (
    id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    nombre varchar(80) NOT NULL,
    capacidad smallint NOT NULL,
    dias_de_aviso smallint NOT NULL,
    creada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_agenda PRIMARY KEY (id),
    CONSTRAINT uq_comercio_agenda_id_vendedor_id UNIQUE (id, vendedor_id),
    CONSTRAINT uq_comercio_agenda_vendedor_id_nombre UNIQUE (vendedor_id, nombre),
    CONSTRAINT fk_comercio_agenda_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_agenda_capacidad CHECK (capacidad BETWEEN 1 AND 50),
    CONSTRAINT ck_comercio_agenda_dias_de_aviso CHECK (dias_de_aviso BETWEEN 0 AND 30)
);
GRANT SELECT, INSERT, UPDATE (nombre, capacidad, dias_de_aviso) ON comercio_agenda TO qhatu_aplicacion;

CREATE TABLE comercio_agenda_horario (
    agenda_id uuid NOT NULL,
    dia smallint NOT NULL,
    abre_min smallint NOT NULL,
    cierra_min smallint NOT NULL,
    CONSTRAINT pk_comercio_agenda_horario PRIMARY KEY (agenda_id, dia, abre_min),
    CONSTRAINT fk_comercio_agenda_horario_agenda_id FOREIGN KEY (agenda_id) REFERENCES comercio_agenda (id),
    CONSTRAINT ck_comercio_agenda_horario_dia CHECK (dia BETWEEN 1 AND 7),
    CONSTRAINT ck_comercio_agenda_horario_horas CHECK (
        abre_min >= 0 AND abre_min < cierra_min AND cierra_min <= 1440)
);
GRANT SELECT, INSERT, DELETE ON comercio_agenda_horario TO qhatu_aplicacion;

-- What is attended by appointment, in which agenda and for how long.
CREATE TABLE comercio_variante_con_cita (
    variante_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    agenda_id uuid NOT NULL,
    duracion_min smallint NOT NULL,
    CONSTRAINT pk_comercio_variante_con_cita PRIMARY KEY (variante_id),
    CONSTRAINT fk_comercio_variante_con_cita_variante_id_vendedor_id FOREIGN KEY (variante_id, vendedor_id)
        REFERENCES comercio_variante (id, vendedor_id),
    CONSTRAINT fk_comercio_variante_con_cita_agenda_id_vendedor_id FOREIGN KEY (agenda_id, vendedor_id)
        REFERENCES comercio_agenda (id, vendedor_id),
    CONSTRAINT ck_comercio_variante_con_cita_duracion CHECK (duracion_min BETWEEN 10 AND 480)
);
CREATE INDEX ix_comercio_variante_con_cita_agenda_id ON comercio_variante_con_cita (agenda_id);
GRANT SELECT, INSERT, UPDATE (agenda_id, duracion_min), DELETE ON comercio_variante_con_cita TO qhatu_aplicacion;

-- An order keeps how it was sold; what there is has no appointment.
ALTER TABLE comercio_servicio
    ADD COLUMN agenda_id uuid,
    ADD COLUMN duracion_min smallint,
    ADD CONSTRAINT uq_comercio_servicio_pedido_id_agenda_id UNIQUE (pedido_id, agenda_id),
    ADD CONSTRAINT fk_comercio_servicio_agenda_id FOREIGN KEY (agenda_id) REFERENCES comercio_agenda (id),
    ADD CONSTRAINT ck_comercio_servicio_con_cita CHECK ((agenda_id IS NULL) = (duracion_min IS NULL));
CREATE INDEX ix_comercio_servicio_agenda_id ON comercio_servicio (agenda_id);

CREATE TABLE comercio_cita (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    agenda_id uuid NOT NULL,
    puesto smallint NOT NULL,
    inicio timestamptz NOT NULL,
    fin timestamptz NOT NULL,
    cancelar_hasta timestamptz NOT NULL,
    estado varchar(14) NOT NULL,
    propuso varchar(9) NOT NULL,
    responder_hasta timestamptz,
    creada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_cita PRIMARY KEY (id),
    CONSTRAINT fk_comercio_cita_pedido_id_agenda_id FOREIGN KEY (pedido_id, agenda_id)
        REFERENCES comercio_servicio (pedido_id, agenda_id),
    CONSTRAINT ck_comercio_cita_propuso CHECK (propuso IN ('comprador', 'vendedor')),
    CONSTRAINT ck_comercio_cita_puesto CHECK (puesto >= 1),
    CONSTRAINT ck_comercio_cita_horas CHECK (fin > inicio AND cancelar_hasta <= inicio),
    CONSTRAINT ck_comercio_cita_responder CHECK ((estado = 'propuesta') = (responder_hasta IS NOT NULL)),
    CONSTRAINT ck_comercio_cita_fin CHECK (
        (terminada_en IS NULL) = (estado IN ('propuesta', 'fijada', 'sin_vendedor'))),
    -- Nobody is where somebody else is.
    CONSTRAINT ex_comercio_cita_puesto EXCLUDE USING gist (
        agenda_id WITH =, puesto WITH =, tstzrange(inicio, fin) WITH &&)
        WHERE (estado NOT IN ('movida', 'descartada', 'anulada'))
);
CREATE UNIQUE INDEX uq_comercio_cita_en_pie ON comercio_cita (pedido_id)
    WHERE estado IN ('fijada', 'sin_vendedor', 'sin_comprador', 'cumplida');
CREATE UNIQUE INDEX uq_comercio_cita_propuesta ON comercio_cita (pedido_id) WHERE estado = 'propuesta';
CREATE INDEX ix_comercio_cita_pedido_id_agenda_id ON comercio_cita (pedido_id, agenda_id);
CREATE INDEX ix_comercio_cita_responder_hasta ON comercio_cita (responder_hasta) WHERE estado = 'propuesta';
GRANT SELECT, INSERT, UPDATE (estado, responder_hasta, terminada_en) ON comercio_cita TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f701', 'comercio.elegir_cita',
     'Elegir la hora de un servicio con cita: quien compra', 5, 'dias_habiles', 'dia_habil_siguiente', true,
     'negativo', 'Regla de la plataforma', 'Si nadie la elige, el pedido se cancela y el dinero vuelve.', false,
     '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000f702', 'comercio.responder_cita',
     'Responder a quien pide mover una cita', 2, 'dias_habiles', 'dia_habil_siguiente', true, 'negativo',
     'Regla de la plataforma', 'Nunca después de la cita: si nadie responde, queda como estaba.', false,
     '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000f703', 'comercio.declarar_cita',
     'Declarar el servicio después de su cita: quien vende', 3, 'dias_habiles', 'dia_habil_siguiente', true,
     'negativo', 'Regla de la plataforma', 'Si no lo declara, el pedido se cancela y el dinero vuelve.', false,
     '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000f704', 'comercio.responder_ausencia',
     'Responder a quien dice que no se atendió su cita: quien vende', 2, 'dias_habiles', 'dia_habil_siguiente',
     true, 'positivo', 'Regla de la plataforma', 'Si no responde, el pedido se cancela y el dinero vuelve.', false,
     '2017-01-01');
