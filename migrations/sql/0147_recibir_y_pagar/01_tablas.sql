-- The life of an order after it binds: deliveries, received by line in total or in part, payments, and its end.

DROP TRIGGER feria_orden_guardia ON feria_orden_de_compra;
ALTER TABLE feria_orden_de_compra
    ADD COLUMN entregar_hasta TIMESTAMPTZ,
    ADD COLUMN cortar_en TIMESTAMPTZ,
    ADD COLUMN recibido BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN multa BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN pagado BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN recibida_en TIMESTAMPTZ,
    ADD COLUMN pagar_hasta TIMESTAMPTZ,
    ADD COLUMN cortada_en TIMESTAMPTZ,
    ADD COLUMN cortada_por VARCHAR(200),
    ADD COLUMN causa VARCHAR(1000),
    ADD COLUMN concluida_en TIMESTAMPTZ;
-- Those in force are delivered by the end of the day that their term says; before time alone ends one that was given
-- when nothing could be written of it, both have ninety days from now.
UPDATE feria_orden_de_compra SET
    entregar_hasta = ((respondida_en AT TIME ZONE 'America/La_Paz')::date + plazo_dias + 1)::timestamp
        AT TIME ZONE 'America/La_Paz' - interval '1 microsecond'
    WHERE estado = 'vigente';
UPDATE feria_orden_de_compra SET cortar_en = greatest(entregar_hasta, now()) + interval '90 days'
    WHERE estado = 'vigente';
ALTER TABLE feria_orden_de_compra
    ALTER COLUMN recibido DROP DEFAULT,
    ALTER COLUMN multa DROP DEFAULT,
    ALTER COLUMN pagado DROP DEFAULT,
    ADD CONSTRAINT ck_feria_orden_de_compra_entregar_hasta CHECK (
        (estado IN ('por_aceptar', 'rechazada', 'vencida')) = (entregar_hasta IS NULL)
        AND (entregar_hasta IS NULL) = (cortar_en IS NULL)),
    ADD CONSTRAINT ck_feria_orden_de_compra_recibido
        CHECK (recibido BETWEEN 0 AND total AND (recibido = 0 OR entregar_hasta IS NOT NULL)),
    ADD CONSTRAINT ck_feria_orden_de_compra_multa CHECK (multa BETWEEN 0 AND recibido),
    -- Nothing is paid that was not received.
    ADD CONSTRAINT ck_feria_orden_de_compra_pagado CHECK (pagado BETWEEN 0 AND recibido - multa),
    -- It is received when all is, or when no more will be.
    ADD CONSTRAINT ck_feria_orden_de_compra_recibida_en CHECK (
        (estado IN ('recibida', 'concluida')) = (recibida_en IS NOT NULL)
        AND (recibida_en IS NULL) = (pagar_hasta IS NULL)
        AND (recibida_en IS NULL OR recibido = total OR (cortada_en IS NOT NULL AND recibido > 0))),
    ADD CONSTRAINT ck_feria_orden_de_compra_cortada_en CHECK (
        num_nonnulls(cortada_en, cortada_por, causa) IN (0, 3) AND char_length(causa) >= 10
        AND (estado <> 'resuelta' OR (cortada_en IS NOT NULL AND recibido = 0))),
    ADD CONSTRAINT ck_feria_orden_de_compra_concluida_en CHECK (
        (estado = 'concluida') = (concluida_en IS NOT NULL)
        AND (concluida_en IS NULL OR pagado + multa = recibido));
CREATE INDEX ix_feria_orden_de_compra_vigente ON feria_orden_de_compra (cortar_en) WHERE estado = 'vigente';
CREATE INDEX ix_feria_orden_de_compra_unidad ON feria_orden_de_compra (unidad_id, emitida_en, id);
GRANT UPDATE (estado, respondida_en, respondida_por, motivo, entregar_hasta, cortar_en, recibida_en, pagar_hasta,
    cortada_en, cortada_por, causa, concluida_en) ON feria_orden_de_compra TO qhatu_aplicacion;

DROP TRIGGER feria_orden_linea_inmutable ON feria_orden_linea;
ALTER TABLE feria_orden_linea
    ADD COLUMN entregada NUMERIC(14, 4) NOT NULL DEFAULT 0,
    ADD COLUMN recibida NUMERIC(14, 4) NOT NULL DEFAULT 0,
    ADD CONSTRAINT uq_feria_orden_linea_id_orden_id UNIQUE (id, orden_id),
    -- Nothing is delivered nor received that was not ordered.
    ADD CONSTRAINT ck_feria_orden_linea_entregada
        CHECK (recibida BETWEEN 0 AND entregada AND entregada <= cantidad);
ALTER TABLE feria_orden_linea ALTER COLUMN entregada DROP DEFAULT, ALTER COLUMN recibida DROP DEFAULT;

CREATE TABLE feria_entrega (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    estado VARCHAR(12) NOT NULL,
    nota VARCHAR(500) NOT NULL,
    entregada_en TIMESTAMPTZ NOT NULL,
    entregada_por VARCHAR(200) NOT NULL,
    recibir_hasta TIMESTAMPTZ NOT NULL,
    respondida_en TIMESTAMPTZ,
    respondida_por VARCHAR(200),
    tacita BOOLEAN,
    motivo VARCHAR(1000),
    valor BIGINT,
    dias_atraso SMALLINT,
    por_mil SMALLINT,
    multa BIGINT,
    CONSTRAINT pk_feria_entrega PRIMARY KEY (id),
    CONSTRAINT uq_feria_entrega_orden_id_numero UNIQUE (orden_id, numero),
    CONSTRAINT uq_feria_entrega_id_orden_id UNIQUE (id, orden_id),
    CONSTRAINT fk_feria_entrega_orden_id FOREIGN KEY (orden_id) REFERENCES feria_orden_de_compra (id),
    CONSTRAINT ck_feria_entrega_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_entrega_recibir_hasta CHECK (recibir_hasta > entregada_en),
    CONSTRAINT ck_feria_entrega_respondida_en CHECK ((estado = 'por_recibir') = (respondida_en IS NULL)),
    CONSTRAINT ck_feria_entrega_respuesta CHECK (
        num_nonnulls(respondida_en, respondida_por, tacita, valor, dias_atraso, por_mil, multa) IN (0, 7)),
    CONSTRAINT ck_feria_entrega_valor CHECK (valor >= 0 AND (estado <> 'devuelta' OR valor = 0)),
    CONSTRAINT ck_feria_entrega_motivo CHECK (estado <> 'devuelta' OR char_length(motivo) >= 10),
    -- A penalty is arithmetic: what came late, by its days, by the rate of a day.
    CONSTRAINT ck_feria_entrega_multa CHECK (
        dias_atraso >= 0 AND por_mil >= 0 AND multa BETWEEN 0 AND valor
        AND multa * 1000 <= valor::numeric * por_mil * dias_atraso + 500)
);
CREATE INDEX ix_feria_entrega_por_recibir ON feria_entrega (recibir_hasta) WHERE estado = 'por_recibir';
GRANT SELECT, INSERT, UPDATE (estado, respondida_en, respondida_por, tacita, motivo, valor, dias_atraso, por_mil,
    multa) ON feria_entrega TO qhatu_aplicacion;

CREATE TABLE feria_entrega_linea (
    entrega_id UUID NOT NULL,
    linea_id UUID NOT NULL,
    orden_id UUID NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    recibida NUMERIC(14, 4),
    CONSTRAINT pk_feria_entrega_linea PRIMARY KEY (entrega_id, linea_id),
    CONSTRAINT fk_feria_entrega_linea_entrega_id_orden_id
        FOREIGN KEY (entrega_id, orden_id) REFERENCES feria_entrega (id, orden_id),
    CONSTRAINT fk_feria_entrega_linea_linea_id_orden_id
        FOREIGN KEY (linea_id, orden_id) REFERENCES feria_orden_linea (id, orden_id),
    CONSTRAINT ck_feria_entrega_linea_cantidad CHECK (cantidad > 0),
    CONSTRAINT ck_feria_entrega_linea_recibida CHECK (recibida BETWEEN 0 AND cantidad)
);
CREATE INDEX ix_feria_entrega_linea_linea_id ON feria_entrega_linea (linea_id);
GRANT SELECT, INSERT, UPDATE (recibida) ON feria_entrega_linea TO qhatu_aplicacion;

CREATE TABLE feria_pago (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    monto BIGINT NOT NULL,
    medio VARCHAR(5) NOT NULL,
    cuenta_id BIGINT,
    comprobante VARCHAR(40),
    fecha DATE,
    pagado_en TIMESTAMPTZ NOT NULL,
    pagado_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_pago PRIMARY KEY (id),
    CONSTRAINT uq_feria_pago_orden_id_numero UNIQUE (orden_id, numero),
    CONSTRAINT fk_feria_pago_orden_id FOREIGN KEY (orden_id) REFERENCES feria_orden_de_compra (id),
    CONSTRAINT ck_feria_pago_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_pago_monto CHECK (monto > 0),
    CONSTRAINT ck_feria_pago_medio CHECK (medio IN ('libro', 'c31')),
    CONSTRAINT ck_feria_pago_comprobante CHECK (
        (medio = 'c31') = (comprobante IS NOT NULL) AND (comprobante IS NULL) = (fecha IS NULL)),
    CONSTRAINT ck_feria_pago_cuenta_id CHECK ((medio = 'libro') = (cuenta_id IS NOT NULL))
);
GRANT SELECT, INSERT ON feria_pago TO qhatu_aplicacion;
