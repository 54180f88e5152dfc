-- Claims about items: rules by kind, claims, decisions, what is owed, what each side wrote.
CREATE TABLE envios_regla_de_reclamo (
    id UUID NOT NULL,
    clase TEXT NOT NULL,
    piso BIGINT NOT NULL,
    porte_pb INTEGER NOT NULL,
    norma TEXT NOT NULL,
    nota TEXT NOT NULL,
    confirmado BOOLEAN NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_envios_regla_de_reclamo PRIMARY KEY (id),
    CONSTRAINT ck_envios_regla_de_reclamo_clase CHECK (clase IN ('perdida', 'dano', 'perdida_parcial', 'demora')),
    CONSTRAINT ck_envios_regla_de_reclamo_montos CHECK (piso >= 0 AND porte_pb BETWEEN 0 AND 10000),
    CONSTRAINT ck_envios_regla_de_reclamo_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_envios_regla_de_reclamo_una EXCLUDE USING gist (
        clase WITH =, daterange(vigente_desde, vigente_hasta) WITH &&
    )
);
GRANT SELECT ON envios_regla_de_reclamo TO qhatu_aplicacion;

CREATE TABLE envios_reclamo (
    id UUID NOT NULL,
    envio_id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    clase TEXT NOT NULL,
    estado TEXT NOT NULL,
    reclamante_parte_id UUID NOT NULL,
    beneficiario_parte_id UUID NOT NULL,
    pedido BIGINT NOT NULL,
    regla_id UUID NOT NULL,
    prometido_el DATE,
    valor_declarado BIGINT NOT NULL,
    porte BIGINT NOT NULL,
    tope_contenido BIGINT NOT NULL,
    tope_porte BIGINT NOT NULL,
    fuera_de_plazo BOOLEAN NOT NULL,
    lugar TEXT NOT NULL,
    presentado_por TEXT NOT NULL,
    presentado_en TIMESTAMPTZ NOT NULL,
    vence_en TIMESTAMPTZ,
    revisado_en TIMESTAMPTZ,
    respondido_en TIMESTAMPTZ,
    impugnado_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    version INTEGER NOT NULL,
    CONSTRAINT pk_envios_reclamo PRIMARY KEY (id),
    CONSTRAINT uq_envios_reclamo_id_envio_id UNIQUE (id, envio_id),
    CONSTRAINT ck_envios_reclamo_clase CHECK (clase IN ('perdida', 'dano', 'perdida_parcial', 'demora')),
    CONSTRAINT ck_envios_reclamo_montos CHECK (pedido >= 0 AND valor_declarado >= 0 AND porte >= 0 AND tope_contenido >= 0 AND tope_porte BETWEEN 0 AND porte),
    CONSTRAINT ck_envios_reclamo_demora CHECK ((clase = 'demora') = (pedido = 0) AND (clase <> 'demora' OR tope_contenido = 0)),
    CONSTRAINT ck_envios_reclamo_reloj CHECK ((vence_en IS NOT NULL) = (estado IN ('presentado', 'en_revision', 'rechazado', 'ante_regulador'))),
    CONSTRAINT ck_envios_reclamo_fin CHECK ((terminado_en IS NOT NULL) = (estado IN ('pagado', 'cerrado', 'sin_objeto', 'retirado'))),
    CONSTRAINT fk_envios_reclamo_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_reclamo_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_reclamo_reclamante_parte_id FOREIGN KEY (reclamante_parte_id) REFERENCES registro_parte (id),
    CONSTRAINT fk_envios_reclamo_beneficiario_parte_id FOREIGN KEY (beneficiario_parte_id) REFERENCES registro_parte (id),
    CONSTRAINT fk_envios_reclamo_regla_id FOREIGN KEY (regla_id) REFERENCES envios_regla_de_reclamo (id)
);
CREATE INDEX ix_envios_reclamo_operador ON envios_reclamo (operador_unidad_id, presentado_en, id);
CREATE INDEX ix_envios_reclamo_reclamante ON envios_reclamo (reclamante_parte_id, presentado_en, id);
CREATE INDEX ix_envios_reclamo_vence ON envios_reclamo (vence_en, id) WHERE vence_en IS NOT NULL;
CREATE UNIQUE INDEX uq_envios_reclamo_uno ON envios_reclamo (envio_id, clase) WHERE estado NOT IN ('sin_objeto', 'retirado');
GRANT SELECT, INSERT, UPDATE (estado, vence_en, revisado_en, respondido_en, impugnado_en, terminado_en, version) ON envios_reclamo TO qhatu_aplicacion;

CREATE TABLE envios_reclamo_decision (
    id UUID NOT NULL,
    reclamo_id UUID NOT NULL,
    quien TEXT NOT NULL,
    sentido TEXT NOT NULL,
    motivos TEXT NOT NULL,
    contenido BIGINT NOT NULL,
    porte BIGINT NOT NULL,
    unidad_id UUID,
    decidido_por TEXT NOT NULL,
    decidido_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_envios_reclamo_decision PRIMARY KEY (id),
    CONSTRAINT uq_envios_reclamo_decision_quien UNIQUE (reclamo_id, quien),
    CONSTRAINT uq_envios_reclamo_decision_id_reclamo_id UNIQUE (id, reclamo_id),
    CONSTRAINT ck_envios_reclamo_decision_quien CHECK (quien IN ('operador', 'silencio', 'reclamante', 'regulador', 'silencio_regulador')),
    CONSTRAINT ck_envios_reclamo_decision_sentido CHECK (sentido IN ('favor', 'parte', 'contra')),
    CONSTRAINT ck_envios_reclamo_decision_motivos CHECK (length(motivos) BETWEEN 1 AND 2000),
    CONSTRAINT ck_envios_reclamo_decision_montos CHECK (contenido >= 0 AND porte >= 0),
    CONSTRAINT ck_envios_reclamo_decision_contra CHECK (sentido <> 'contra' OR contenido + porte = 0),
    CONSTRAINT ck_envios_reclamo_decision_parte CHECK (sentido <> 'parte' OR contenido + porte > 0),
    CONSTRAINT fk_envios_reclamo_decision_reclamo_id FOREIGN KEY (reclamo_id) REFERENCES envios_reclamo (id),
    CONSTRAINT fk_envios_reclamo_decision_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id)
);
GRANT SELECT, INSERT ON envios_reclamo_decision TO qhatu_aplicacion;

CREATE TABLE envios_indemnizacion (
    reclamo_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    envio_id UUID NOT NULL,
    parte_id UUID NOT NULL,
    contenido BIGINT NOT NULL,
    porte BIGINT NOT NULL,
    fijada_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_envios_indemnizacion PRIMARY KEY (reclamo_id),
    CONSTRAINT fk_envios_indemnizacion_reclamo FOREIGN KEY (reclamo_id, envio_id) REFERENCES envios_reclamo (id, envio_id),
    CONSTRAINT fk_envios_indemnizacion_decision FOREIGN KEY (decision_id, reclamo_id) REFERENCES envios_reclamo_decision (id, reclamo_id),
    CONSTRAINT ck_envios_indemnizacion_montos CHECK (contenido >= 0 AND porte >= 0 AND contenido + porte > 0),
    CONSTRAINT fk_envios_indemnizacion_parte_id FOREIGN KEY (parte_id) REFERENCES registro_parte (id)
);
CREATE INDEX ix_envios_indemnizacion_envio_id ON envios_indemnizacion (envio_id);
GRANT SELECT, INSERT ON envios_indemnizacion TO qhatu_aplicacion;

CREATE TABLE envios_reclamo_mensaje (
    id UUID NOT NULL,
    reclamo_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    lado TEXT NOT NULL,
    texto TEXT NOT NULL,
    archivo_id UUID,
    unidad_id UUID,
    escrito_por TEXT NOT NULL,
    escrito_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_envios_reclamo_mensaje PRIMARY KEY (id),
    CONSTRAINT uq_envios_reclamo_mensaje_numero UNIQUE (reclamo_id, numero),
    CONSTRAINT fk_envios_reclamo_mensaje_archivo FOREIGN KEY (archivo_id, reclamo_id) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_envios_reclamo_mensaje_lado CHECK (lado IN ('reclamante', 'operador', 'regulador')),
    CONSTRAINT ck_envios_reclamo_mensaje_texto CHECK (numero BETWEEN 1 AND 200 AND length(texto) BETWEEN 1 AND 2000),
    CONSTRAINT fk_envios_reclamo_mensaje_reclamo_id FOREIGN KEY (reclamo_id) REFERENCES envios_reclamo (id),
    CONSTRAINT fk_envios_reclamo_mensaje_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_envios_reclamo_mensaje_archivo_id ON envios_reclamo_mensaje (archivo_id);
GRANT SELECT, INSERT ON envios_reclamo_mensaje TO qhatu_aplicacion;

