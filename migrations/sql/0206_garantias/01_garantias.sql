CREATE TABLE feria_garantia (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    clase VARCHAR(12) NOT NULL,
    forma VARCHAR(20) NOT NULL,
    emisor VARCHAR(120) NOT NULL,
    documento VARCHAR(40) NOT NULL,
    monto BIGINT NOT NULL,
    mype BOOLEAN NOT NULL,
    desde DATE NOT NULL,
    hasta DATE NOT NULL,
    renueva_a UUID,
    estado VARCHAR(9) NOT NULL,
    registrada_en TIMESTAMPTZ NOT NULL,
    registrada_por VARCHAR(200) NOT NULL,
    avisar_en TIMESTAMPTZ NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    avisada_en TIMESTAMPTZ,
    terminada_en TIMESTAMPTZ,
    terminada_por VARCHAR(200),
    motivo VARCHAR(1000),
    CONSTRAINT pk_feria_garantia PRIMARY KEY (id),
    CONSTRAINT uq_feria_garantia_orden_id_numero UNIQUE (orden_id, numero),
    CONSTRAINT uq_feria_garantia_id_orden_id UNIQUE (id, orden_id),
    CONSTRAINT uq_feria_garantia_renueva_a UNIQUE (renueva_a),
    CONSTRAINT fk_feria_garantia_orden_id FOREIGN KEY (orden_id) REFERENCES feria_orden_de_compra (id),
    CONSTRAINT fk_feria_garantia_renueva_a_orden_id
        FOREIGN KEY (renueva_a, orden_id) REFERENCES feria_garantia (id, orden_id),
    CONSTRAINT ck_feria_garantia_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_garantia_clase CHECK (clase IN ('cumplimiento', 'anticipo', 'seriedad')),
    CONSTRAINT ck_feria_garantia_forma CHECK (forma IN ('boleta', 'primer_requerimiento', 'poliza')),
    CONSTRAINT ck_feria_garantia_emisor CHECK (char_length(emisor) >= 3 AND char_length(documento) >= 1),
    CONSTRAINT ck_feria_garantia_monto CHECK (monto > 0),
    CONSTRAINT ck_feria_garantia_hasta CHECK (hasta >= desde),
    CONSTRAINT ck_feria_garantia_avisar_en CHECK (avisar_en < vence_en),
    CONSTRAINT ck_feria_garantia_renueva_a CHECK (renueva_a <> id),
    CONSTRAINT ck_feria_garantia_terminada_en CHECK (
        (estado = 'vigente') = (terminada_en IS NULL) AND num_nonnulls(terminada_en, terminada_por) IN (0, 2)),
    CONSTRAINT ck_feria_garantia_motivo CHECK ((estado = 'ejecutada') = (motivo IS NOT NULL)),
    CONSTRAINT ck_feria_garantia_motivo_largo CHECK (char_length(motivo) >= 10)
);
CREATE INDEX ix_feria_garantia_vence_en ON feria_garantia (vence_en) WHERE estado = 'vigente';
CREATE INDEX ix_feria_garantia_avisar_en ON feria_garantia (avisar_en)
    WHERE estado = 'vigente' AND avisada_en IS NULL;
GRANT SELECT, INSERT, UPDATE (estado, terminada_en, terminada_por, motivo, avisada_en) ON feria_garantia
    TO qhatu_aplicacion;
