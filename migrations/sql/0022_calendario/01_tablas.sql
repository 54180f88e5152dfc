CREATE TABLE nucleo_feriado (
    id UUID NOT NULL,
    numero BIGINT DEFAULT 0 NOT NULL,
    fecha DATE NOT NULL,
    lugar VARCHAR(6),
    laborable BOOLEAN NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    norma VARCHAR(200) NOT NULL,
    confirmado BOOLEAN NOT NULL,
    trasladado_de DATE,
    rige_desde TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_nucleo_feriado PRIMARY KEY (id),
    CONSTRAINT ck_nucleo_feriado_lugar CHECK (lugar ~ '^0[1-9]([0-9]{2}){0,2}$'),
    CONSTRAINT ck_nucleo_feriado_textos CHECK (nombre <> '' AND norma <> ''),
    CONSTRAINT ck_nucleo_feriado_fecha CHECK (fecha BETWEEN '2017-01-01' AND '2100-12-31')
);
CREATE UNIQUE INDEX uq_nucleo_feriado_numero ON nucleo_feriado (numero);
CREATE INDEX ix_nucleo_feriado_fecha ON nucleo_feriado (fecha);

CREATE TABLE nucleo_plazo (
    id UUID NOT NULL,
    codigo VARCHAR(60) NOT NULL,
    nombre VARCHAR(160) NOT NULL,
    valor SMALLINT NOT NULL,
    unidad TEXT NOT NULL,
    empieza TEXT NOT NULL,
    prorroga BOOLEAN NOT NULL,
    silencio TEXT,
    norma VARCHAR(300) NOT NULL,
    nota VARCHAR(500) NOT NULL,
    confirmado BOOLEAN NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_nucleo_plazo PRIMARY KEY (id),
    CONSTRAINT ck_nucleo_plazo_codigo CHECK (codigo ~ '^[a-z_]+[.][a-z_]+$'),
    CONSTRAINT ck_nucleo_plazo_valor CHECK (valor > 0),
    CONSTRAINT ck_nucleo_plazo_unidad CHECK (
        unidad IN ('dias_habiles', 'dias_calendario', 'meses', 'anios', 'horas', 'horas_habiles')),
    CONSTRAINT ck_nucleo_plazo_empieza CHECK (empieza IN ('dia_siguiente', 'dia_habil_siguiente')),
    CONSTRAINT ck_nucleo_plazo_silencio CHECK (silencio IN ('negativo', 'positivo')),
    CONSTRAINT ck_nucleo_plazo_prorroga CHECK (NOT (prorroga AND unidad IN ('horas', 'horas_habiles'))),
    CONSTRAINT ck_nucleo_plazo_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_nucleo_plazo_vigencia EXCLUDE USING gist (
        codigo WITH =, daterange(vigente_desde, vigente_hasta) WITH &&)
);
GRANT SELECT, INSERT ON nucleo_feriado TO qhatu_aplicacion;
GRANT SELECT ON nucleo_plazo TO qhatu_aplicacion;
