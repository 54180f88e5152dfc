-- What banks tell: each file as it came, each entry kept by the bank's own reference, what was made of each of
-- its transactions, and what a person decided about those that no rule could settle.
CREATE TABLE pagos_banco_archivo (
    id UUID NOT NULL,
    huella BYTEA NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    mensaje VARCHAR(20),
    contenido BYTEA,
    subido_por UUID NOT NULL,
    subido_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_banco_archivo PRIMARY KEY (id),
    CONSTRAINT uq_pagos_banco_archivo_huella UNIQUE (huella),
    -- Those of before were not kept, nor said what they were.
    CONSTRAINT ck_pagos_banco_archivo_contenido CHECK (
        (mensaje IS NULL) = (contenido IS NULL) AND (contenido IS NULL OR sha256(contenido) = huella))
);

CREATE TABLE pagos_banco_entrada (
    id UUID NOT NULL,
    clave BYTEA NOT NULL,
    cuenta VARCHAR(40) NOT NULL,
    referencia VARCHAR(35),
    monto BIGINT,
    moneda VARCHAR(3) NOT NULL,
    sentido VARCHAR(4) NOT NULL,
    reverso BOOLEAN NOT NULL,
    contabilizada BOOLEAN NOT NULL,
    contabilizada_el DATE,
    lote VARCHAR(35),
    cargos BIGINT,
    texto VARCHAR(300),
    archivo_id UUID NOT NULL,
    CONSTRAINT pk_pagos_banco_entrada PRIMARY KEY (id),
    CONSTRAINT uq_pagos_banco_entrada_clave UNIQUE (clave),
    CONSTRAINT fk_pagos_banco_entrada_archivo_id FOREIGN KEY (archivo_id) REFERENCES pagos_banco_archivo (id),
    CONSTRAINT ck_pagos_banco_entrada_clave CHECK (octet_length(clave) = 32),
    CONSTRAINT ck_pagos_banco_entrada_montos CHECK (monto >= 0 AND cargos >= 0)
);
CREATE INDEX ix_pagos_banco_entrada_archivo_id ON pagos_banco_entrada (archivo_id);

CREATE TABLE pagos_banco_movimiento (
    id UUID NOT NULL,
    entrada_id UUID NOT NULL,
    clave BYTEA NOT NULL,
    extremo VARCHAR(35),
    monto BIGINT,
    moneda VARCHAR(3) NOT NULL,
    sentido VARCHAR(4) NOT NULL,
    contraparte VARCHAR(140),
    texto VARCHAR(300),
    causa VARCHAR(150),
    retiro_id UUID,
    lote_id UUID,
    resultado VARCHAR(24) NOT NULL,
    estado VARCHAR(10) NOT NULL,
    compensa_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_banco_movimiento PRIMARY KEY (id),
    CONSTRAINT uq_pagos_banco_movimiento_entrada_id UNIQUE (entrada_id, clave),
    CONSTRAINT uq_pagos_banco_movimiento_compensa_id UNIQUE (compensa_id),
    CONSTRAINT fk_pagos_banco_movimiento_entrada_id FOREIGN KEY (entrada_id) REFERENCES pagos_banco_entrada (id),
    CONSTRAINT fk_pagos_banco_movimiento_retiro_id FOREIGN KEY (retiro_id) REFERENCES pagos_retiro (id),
    CONSTRAINT fk_pagos_banco_movimiento_lote_id FOREIGN KEY (lote_id) REFERENCES pagos_lote_retiro (id),
    CONSTRAINT fk_pagos_banco_movimiento_compensa_id FOREIGN KEY (compensa_id) REFERENCES pagos_banco_movimiento (id),
    CONSTRAINT ck_pagos_banco_movimiento_clave CHECK (octet_length(clave) = 32),
    CONSTRAINT ck_pagos_banco_movimiento_monto CHECK (monto >= 0),
    CONSTRAINT ck_pagos_banco_movimiento_compensa CHECK (
        (compensa_id IS NOT NULL) = (resultado = 'doble_devuelto') AND compensa_id <> id)
);
CREATE INDEX ix_pagos_banco_movimiento_pendiente ON pagos_banco_movimiento (creado_en, id) WHERE estado = 'pendiente';
CREATE INDEX ix_pagos_banco_movimiento_creado ON pagos_banco_movimiento (creado_en, id);
CREATE INDEX ix_pagos_banco_movimiento_retiro_id ON pagos_banco_movimiento (retiro_id);
CREATE INDEX ix_pagos_banco_movimiento_lote_id ON pagos_banco_movimiento (lote_id);

-- A line of a file, in its order, and the movement that it is: of two files that overlap, the same one.
CREATE TABLE pagos_banco_linea (
    archivo_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    movimiento_id UUID NOT NULL,
    nueva BOOLEAN NOT NULL,
    CONSTRAINT pk_pagos_banco_linea PRIMARY KEY (archivo_id, numero),
    CONSTRAINT fk_pagos_banco_linea_archivo_id FOREIGN KEY (archivo_id) REFERENCES pagos_banco_archivo (id),
    CONSTRAINT fk_pagos_banco_linea_movimiento_id FOREIGN KEY (movimiento_id) REFERENCES pagos_banco_movimiento (id)
);
CREATE INDEX ix_pagos_banco_linea_movimiento_id ON pagos_banco_linea (movimiento_id);

-- A withdrawal is paid once and returned once, whatever a bank says and whoever decides.
CREATE TABLE pagos_banco_efecto (
    retiro_id UUID NOT NULL,
    efecto VARCHAR(10) NOT NULL,
    movimiento_id UUID NOT NULL,
    CONSTRAINT pk_pagos_banco_efecto PRIMARY KEY (retiro_id, efecto),
    CONSTRAINT fk_pagos_banco_efecto_retiro_id FOREIGN KEY (retiro_id) REFERENCES pagos_retiro (id),
    CONSTRAINT fk_pagos_banco_efecto_movimiento_id FOREIGN KEY (movimiento_id) REFERENCES pagos_banco_movimiento (id),
    CONSTRAINT ck_pagos_banco_efecto_efecto CHECK (efecto IN ('pago', 'devolucion'))
);
CREATE INDEX ix_pagos_banco_efecto_movimiento_id ON pagos_banco_efecto (movimiento_id);

CREATE TABLE pagos_banco_decision (
    movimiento_id UUID NOT NULL,
    accion VARCHAR(10) NOT NULL,
    retiro_id UUID,
    motivo VARCHAR(300) NOT NULL,
    persona_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    mandato_id UUID,
    decidida_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_banco_decision PRIMARY KEY (movimiento_id),
    CONSTRAINT fk_pagos_banco_decision_movimiento_id FOREIGN KEY (movimiento_id) REFERENCES pagos_banco_movimiento (id),
    CONSTRAINT fk_pagos_banco_decision_retiro_id FOREIGN KEY (retiro_id) REFERENCES pagos_retiro (id),
    CONSTRAINT ck_pagos_banco_decision_accion CHECK (
        CASE WHEN accion IN ('pago', 'devolucion') THEN retiro_id IS NOT NULL
             WHEN accion = 'ninguna' THEN retiro_id IS NULL ELSE false END),
    CONSTRAINT ck_pagos_banco_decision_motivo CHECK (length(btrim(motivo)) >= 3)
);
CREATE INDEX ix_pagos_banco_decision_retiro_id ON pagos_banco_decision (retiro_id);

-- What was told to who must look, so that it is told once.
CREATE TABLE pagos_banco_aviso (
    objeto VARCHAR(10) NOT NULL,
    objeto_id UUID NOT NULL,
    avisado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_banco_aviso PRIMARY KEY (objeto, objeto_id),
    CONSTRAINT ck_pagos_banco_aviso_objeto CHECK (objeto IN ('movimiento', 'retiro'))
);

-- A movement only leaves what waits: what the bank said never changes, and what a person settles has its decision.
CREATE FUNCTION pagos_banco_movimiento_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(OLD) - 'estado') IS DISTINCT FROM (to_jsonb(NEW) - 'estado') THEN
        RAISE EXCEPTION 'lo que dijo el banco no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'resuelto' AND NOT EXISTS (
        SELECT FROM pagos_banco_decision d WHERE d.movimiento_id = NEW.id) THEN
        RAISE EXCEPTION 'un movimiento se resuelve con una decisión' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_banco_movimiento_guardia BEFORE UPDATE ON pagos_banco_movimiento
    FOR EACH ROW EXECUTE FUNCTION pagos_banco_movimiento_guardia();

-- A decision is about something that waits.
CREATE FUNCTION pagos_banco_decision_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pagos_banco_movimiento m WHERE m.id = NEW.movimiento_id AND m.estado = 'pendiente') THEN
        RAISE EXCEPTION 'ese movimiento no espera ninguna decisión' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_banco_decision_guardia BEFORE INSERT ON pagos_banco_decision
    FOR EACH ROW EXECUTE FUNCTION pagos_banco_decision_guardia();
