-- Who bid contests the decision in force on an item, in its term; the process stands still until it is resolved.

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe08', 'feria.resolver_impugnacion',
     'Resolver la impugnación de una adjudicación: la entidad', 5, 'dias_habiles', 'dia_habil_siguiente', true,
     'negativo', 'DS 0181 y modificaciones', 'Si nadie la resuelve, la decisión queda confirmada; falta cotejarlo.',
     false, '2017-01-01');

CREATE TABLE feria_impugnacion (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    item_id UUID NOT NULL,
    adjudicacion_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    estado VARCHAR(10) NOT NULL,
    motivo VARCHAR(3000) NOT NULL,
    presentada_en TIMESTAMPTZ NOT NULL,
    presentada_por VARCHAR(200) NOT NULL,
    resolver_hasta TIMESTAMPTZ NOT NULL,
    resuelta_en TIMESTAMPTZ,
    resuelta_por VARCHAR(200),
    fundamento VARCHAR(3000),
    tacita BOOLEAN,
    CONSTRAINT pk_feria_impugnacion PRIMARY KEY (id),
    CONSTRAINT uq_feria_impugnacion_adjudicacion_id_unidad_id UNIQUE (adjudicacion_id, unidad_id),
    CONSTRAINT fk_feria_impugnacion_adjudicacion_id_item_id
        FOREIGN KEY (adjudicacion_id, item_id) REFERENCES feria_adjudicacion (id, item_id),
    CONSTRAINT fk_feria_impugnacion_item_id_convocatoria_id
        FOREIGN KEY (item_id, convocatoria_id) REFERENCES feria_item (id, convocatoria_id),
    CONSTRAINT fk_feria_impugnacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_feria_impugnacion_motivo CHECK (char_length(motivo) >= 10),
    CONSTRAINT ck_feria_impugnacion_resolver_hasta CHECK (resolver_hasta > presentada_en),
    CONSTRAINT ck_feria_impugnacion_resuelta_en CHECK ((estado = 'presentada') = (resuelta_en IS NULL)),
    CONSTRAINT ck_feria_impugnacion_fundamento CHECK (
        num_nonnulls(resuelta_en, resuelta_por, fundamento, tacita) IN (0, 4) AND char_length(fundamento) >= 10)
);
CREATE INDEX ix_feria_impugnacion_convocatoria ON feria_impugnacion (convocatoria_id, presentada_en);
CREATE INDEX ix_feria_impugnacion_presentada ON feria_impugnacion (resolver_hasta) WHERE estado = 'presentada';
GRANT SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, fundamento, tacita) ON feria_impugnacion
    TO qhatu_aplicacion;

ALTER TABLE feria_adjudicacion DROP CONSTRAINT ck_feria_adjudicacion_resultado,
    ADD CONSTRAINT ck_feria_adjudicacion_resultado
        CHECK (resultado IN ('adjudicado', 'desistido', 'descalificado', 'desierto', 'revocado'));
