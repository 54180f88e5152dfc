CREATE TABLE feria_modificacion (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    estado VARCHAR(9) NOT NULL,
    dias SMALLINT NOT NULL,
    total_antes BIGINT NOT NULL,
    total BIGINT NOT NULL,
    entregar_antes TIMESTAMPTZ NOT NULL,
    entregar_hasta TIMESTAMPTZ NOT NULL,
    cortar_en TIMESTAMPTZ NOT NULL,
    motivo VARCHAR(1000) NOT NULL,
    propuesta_en TIMESTAMPTZ NOT NULL,
    propuesta_por VARCHAR(200) NOT NULL,
    firmar_hasta TIMESTAMPTZ NOT NULL,
    respondida_en TIMESTAMPTZ,
    respondida_por VARCHAR(200),
    CONSTRAINT pk_feria_modificacion PRIMARY KEY (id),
    CONSTRAINT uq_feria_modificacion_orden_id_numero UNIQUE (orden_id, numero),
    CONSTRAINT uq_feria_modificacion_id_orden_id UNIQUE (id, orden_id),
    CONSTRAINT fk_feria_modificacion_orden_id FOREIGN KEY (orden_id) REFERENCES feria_orden_de_compra (id),
    CONSTRAINT ck_feria_modificacion_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_modificacion_dias CHECK (dias BETWEEN 0 AND 1095),
    CONSTRAINT ck_feria_modificacion_total CHECK (total > 0 AND total_antes > 0),
    CONSTRAINT ck_feria_modificacion_entregar_hasta CHECK (
        extract(epoch FROM entregar_hasta - entregar_antes) = dias * 86400 AND cortar_en > entregar_hasta),
    CONSTRAINT ck_feria_modificacion_motivo CHECK (char_length(motivo) >= 10),
    CONSTRAINT ck_feria_modificacion_firmar_hasta CHECK (
        firmar_hasta > propuesta_en AND firmar_hasta <= entregar_antes),
    CONSTRAINT ck_feria_modificacion_respondida_en CHECK (
        (estado = 'propuesta') = (respondida_en IS NULL) AND num_nonnulls(respondida_en, respondida_por) IN (0, 2))
);
CREATE UNIQUE INDEX uq_feria_modificacion_propuesta ON feria_modificacion (orden_id) WHERE estado = 'propuesta';
CREATE INDEX ix_feria_modificacion_firmar_hasta ON feria_modificacion (firmar_hasta) WHERE estado = 'propuesta';
GRANT SELECT, INSERT, UPDATE (estado, respondida_en, respondida_por) ON feria_modificacion TO qhatu_aplicacion;

CREATE TABLE feria_modificacion_linea (
    modificacion_id UUID NOT NULL,
    linea_id UUID NOT NULL,
    orden_id UUID NOT NULL,
    cantidad_antes NUMERIC(14, 4) NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    total BIGINT NOT NULL,
    CONSTRAINT pk_feria_modificacion_linea PRIMARY KEY (modificacion_id, linea_id),
    CONSTRAINT fk_feria_modificacion_linea_modificacion_id_orden_id
        FOREIGN KEY (modificacion_id, orden_id) REFERENCES feria_modificacion (id, orden_id),
    CONSTRAINT fk_feria_modificacion_linea_linea_id_orden_id
        FOREIGN KEY (linea_id, orden_id) REFERENCES feria_orden_linea (id, orden_id),
    CONSTRAINT ck_feria_modificacion_linea_cantidad CHECK (cantidad > 0 AND cantidad <> cantidad_antes),
    CONSTRAINT ck_feria_modificacion_linea_total CHECK (total > 0)
);
CREATE INDEX ix_feria_modificacion_linea_linea_id ON feria_modificacion_linea (linea_id);
GRANT SELECT, INSERT ON feria_modificacion_linea TO qhatu_aplicacion;
