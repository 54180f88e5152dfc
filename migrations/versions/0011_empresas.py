"""Firms and entities: batch payments approved by two people, refunds, withdrawals to banks.

What holds whatever the program does: a batch's lines add up to its total, never change once shown, and
are approved by somebody else; refunds of a payment never exceed it; a withdrawal ends once; states follow
one table.
"""

from alembic import op

revision = "0011_empresas"
down_revision = "0010_personas"
branch_labels = None
depends_on = None

PLANILLAS = """
CREATE TABLE pagos_planilla (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    cuenta_id BIGINT NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    huella BYTEA NOT NULL,
    lineas SMALLINT NOT NULL,
    total BIGINT NOT NULL,
    diferencias SMALLINT NOT NULL,
    estado VARCHAR(10) NOT NULL,
    preparada_por UUID NOT NULL,
    preparada_nombre VARCHAR(200) NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    presentada_en TIMESTAMPTZ,
    resuelta_por UUID,
    resuelta_nombre VARCHAR(200),
    mandato_id UUID,
    resuelta_en TIMESTAMPTZ,
    motivo VARCHAR(300),
    pagadas SMALLINT NOT NULL,
    pagado BIGINT NOT NULL,
    CONSTRAINT pk_pagos_planilla PRIMARY KEY (id),
    CONSTRAINT fk_pagos_planilla_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_pagos_planilla_cuenta_id FOREIGN KEY (cuenta_id) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_pagos_planilla_nombre CHECK (nombre <> ''),
    CONSTRAINT ck_pagos_planilla_lineas CHECK (
        lineas BETWEEN 1 AND 2000 AND diferencias BETWEEN 0 AND lineas AND pagadas BETWEEN 0 AND lineas),
    CONSTRAINT ck_pagos_planilla_montos CHECK (total > 0 AND pagado BETWEEN 0 AND total),
    CONSTRAINT ck_pagos_planilla_estado CHECK (
        estado IN ('preparada', 'presentada', 'ejecutada', 'rechazada', 'anulada')),
    -- Two people: who prepared never approves nor rejects.
    CONSTRAINT ck_pagos_planilla_dos_personas CHECK (
        estado NOT IN ('ejecutada', 'rechazada')
        OR (resuelta_por IS NOT NULL AND resuelta_por <> preparada_por)),
    CONSTRAINT ck_pagos_planilla_resuelta CHECK (
        (estado IN ('ejecutada', 'rechazada', 'anulada')) = (resuelta_en IS NOT NULL)
        AND (resuelta_en IS NULL) = (resuelta_por IS NULL)
        AND (resuelta_por IS NULL) = (resuelta_nombre IS NULL)),
    CONSTRAINT ck_pagos_planilla_presentada CHECK (
        presentada_en IS NOT NULL OR estado IN ('preparada', 'anulada')),
    CONSTRAINT ck_pagos_planilla_motivo CHECK ((estado = 'rechazada') = (motivo IS NOT NULL)),
    CONSTRAINT ck_pagos_planilla_pagado CHECK (
        (estado = 'ejecutada' OR pagadas = 0) AND (pagadas = 0) = (pagado = 0))
);
CREATE INDEX ix_pagos_planilla_unidad ON pagos_planilla (unidad_id, creado_en, id);
CREATE INDEX ix_pagos_planilla_huella ON pagos_planilla (unidad_id, huella);

CREATE TABLE pagos_planilla_linea (
    id UUID NOT NULL,
    planilla_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    documento VARCHAR(20) NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    registrado VARCHAR(200) NOT NULL,
    coincide BOOLEAN NOT NULL,
    destino_tipo VARCHAR(8) NOT NULL,
    destino_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    glosa VARCHAR(140) NOT NULL,
    resultado VARCHAR(40),
    CONSTRAINT pk_pagos_planilla_linea PRIMARY KEY (id),
    CONSTRAINT fk_pagos_planilla_linea_planilla_id FOREIGN KEY (planilla_id) REFERENCES pagos_planilla (id),
    CONSTRAINT uq_pagos_planilla_linea_planilla_id_numero UNIQUE (planilla_id, numero),
    CONSTRAINT ck_pagos_planilla_linea_destino CHECK (destino_tipo IN ('persona', 'unidad')),
    CONSTRAINT ck_pagos_planilla_linea_monto CHECK (monto > 0)
);

-- The same table of transitions as pagos/empresas/estados.py; a test compares them pair by pair.
CREATE FUNCTION pagos_planilla_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_lineas BIGINT;
    v_total BIGINT;
    v_diferencias BIGINT;
    v_pagadas BIGINT;
    v_pagado BIGINT;
    v_pendientes BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'preparada' THEN
            RAISE EXCEPTION 'una planilla nace preparada, no %', NEW.estado
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.unidad_id, OLD.cuenta_id, OLD.nombre, OLD.huella, OLD.lineas, OLD.total, OLD.diferencias,
        OLD.preparada_por, OLD.preparada_nombre, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.unidad_id, NEW.cuenta_id, NEW.nombre, NEW.huella, NEW.lineas, NEW.total, NEW.diferencias,
        NEW.preparada_por, NEW.preparada_nombre, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se preparó pagar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado OR NOT (CASE OLD.estado
        WHEN 'preparada' THEN NEW.estado IN ('presentada', 'anulada')
        WHEN 'presentada' THEN NEW.estado IN ('ejecutada', 'rechazada', 'anulada')
        ELSE false END) THEN
        RAISE EXCEPTION 'una planilla no pasa de % a %', OLD.estado, NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado IN ('presentada', 'ejecutada') THEN
        SELECT count(*), coalesce(sum(monto), 0), count(*) FILTER (WHERE NOT coincide),
               count(*) FILTER (WHERE resultado = 'ok'),
               coalesce(sum(monto) FILTER (WHERE resultado = 'ok'), 0),
               count(*) FILTER (WHERE resultado IS NULL)
        INTO v_lineas, v_total, v_diferencias, v_pagadas, v_pagado, v_pendientes
        FROM pagos_planilla_linea WHERE planilla_id = NEW.id;
        IF (v_lineas, v_total, v_diferencias) IS DISTINCT FROM (NEW.lineas, NEW.total, NEW.diferencias) THEN
            RAISE EXCEPTION 'las líneas de la planilla no suman su total'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.estado = 'ejecutada'
           AND (v_pagadas, v_pagado, v_pendientes) IS DISTINCT FROM (NEW.pagadas, NEW.pagado, 0) THEN
            RAISE EXCEPTION 'lo pagado no es la suma de las líneas pagadas'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_planilla_guardia BEFORE INSERT OR UPDATE ON pagos_planilla
    FOR EACH ROW EXECUTE FUNCTION pagos_planilla_guardia();

CREATE FUNCTION pagos_planilla_linea_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_estado TEXT;
BEGIN
    SELECT estado INTO STRICT v_estado FROM pagos_planilla WHERE id = NEW.planilla_id;
    IF TG_OP = 'INSERT' THEN
        IF v_estado <> 'preparada' OR NEW.resultado IS NOT NULL THEN
            RAISE EXCEPTION 'una planilla presentada no recibe líneas' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF v_estado <> 'presentada' OR OLD.resultado IS NOT NULL
       OR (to_jsonb(OLD) - 'resultado') IS DISTINCT FROM (to_jsonb(NEW) - 'resultado') THEN
        RAISE EXCEPTION 'una línea solo recibe su resultado, una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    -- `ok` is said only of what the ledger holds, whole.
    IF NEW.resultado = 'ok' AND NOT EXISTS (
        SELECT 1 FROM pagos_transferencia
        WHERE id = NEW.id AND monto = NEW.monto AND referencia = NEW.planilla_id) THEN
        RAISE EXCEPTION 'la línea % no está pagada en el libro', NEW.numero
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_planilla_linea_guardia BEFORE INSERT OR UPDATE ON pagos_planilla_linea
    FOR EACH ROW EXECUTE FUNCTION pagos_planilla_linea_guardia();

CREATE TRIGGER pagos_planilla_sin_borrar BEFORE DELETE ON pagos_planilla
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_planilla_linea_sin_borrar BEFORE DELETE ON pagos_planilla_linea
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""

DEVOLUCIONES = """
CREATE TABLE pagos_plazo_devolucion (
    vigente_desde DATE NOT NULL,
    dias SMALLINT NOT NULL,
    norma VARCHAR(200) NOT NULL,
    CONSTRAINT pk_pagos_plazo_devolucion PRIMARY KEY (vigente_desde),
    CONSTRAINT ck_pagos_plazo_devolucion_dias CHECK (dias BETWEEN 1 AND 3650)
);
INSERT INTO pagos_plazo_devolucion VALUES ('2000-01-01', 90, 'Regla inicial del servicio de pago');

-- How much of a payment went back. No foreign key to the ledger: its rows admit no locks; a trigger looks.
CREATE TABLE pagos_devuelto (
    transferencia_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    devuelto BIGINT NOT NULL,
    CONSTRAINT pk_pagos_devuelto PRIMARY KEY (transferencia_id),
    CONSTRAINT ck_pagos_devuelto_nunca_mas CHECK (devuelto BETWEEN 0 AND monto)
);
CREATE TABLE pagos_devolucion (
    id UUID NOT NULL,
    transferencia_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    nota VARCHAR(200) NOT NULL,
    persona_id UUID,
    unidad_id UUID NOT NULL,
    mandato_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_devolucion PRIMARY KEY (id),
    CONSTRAINT fk_pagos_devolucion_transferencia_id FOREIGN KEY (transferencia_id)
        REFERENCES pagos_devuelto (transferencia_id),
    CONSTRAINT ck_pagos_devolucion_monto CHECK (monto > 0)
);
CREATE INDEX ix_pagos_devolucion_transferencia ON pagos_devolucion (transferencia_id, creado_en, id);

CREATE FUNCTION pagos_devuelto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.devuelto <> 0 OR NOT EXISTS (
            SELECT 1 FROM pagos_transferencia
            WHERE id = NEW.transferencia_id AND monto = NEW.monto AND tipo IN (1, 3) AND codigo < 100) THEN
            RAISE EXCEPTION 'no es un pago que se pueda devolver' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF pg_trigger_depth() < 2
       OR (OLD.transferencia_id, OLD.monto) <> (NEW.transferencia_id, NEW.monto) THEN
        RAISE EXCEPTION 'lo devuelto solo crece con cada devolución' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_devuelto_guardia BEFORE INSERT OR UPDATE ON pagos_devuelto
    FOR EACH ROW EXECUTE FUNCTION pagos_devuelto_guardia();

CREATE FUNCTION pagos_devolucion_sumar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pagos_transferencia d
        JOIN pagos_transferencia p ON p.debito = d.credito AND p.credito = d.debito
        WHERE d.id = NEW.id AND d.monto = NEW.monto AND d.codigo = 100 AND p.id = NEW.transferencia_id) THEN
        RAISE EXCEPTION 'la devolución no está en el libro' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE pagos_devuelto SET devuelto = devuelto + NEW.monto WHERE transferencia_id = NEW.transferencia_id;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_devolucion_sumar BEFORE INSERT ON pagos_devolucion
    FOR EACH ROW EXECUTE FUNCTION pagos_devolucion_sumar();
CREATE TRIGGER pagos_devolucion_inmutable BEFORE UPDATE OR DELETE ON pagos_devolucion
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_devuelto_sin_borrar BEFORE DELETE ON pagos_devuelto
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""

RETIROS = """
CREATE TABLE pagos_banco (
    codigo VARCHAR(12) NOT NULL,
    nombre VARCHAR(80) NOT NULL,
    activo BOOLEAN NOT NULL,
    CONSTRAINT pk_pagos_banco PRIMARY KEY (codigo)
);
INSERT INTO pagos_banco VALUES
    ('BISA', 'Banco BISA', true), ('BCP', 'Banco de Crédito de Bolivia', true),
    ('BMSC', 'Banco Mercantil Santa Cruz', true), ('BNB', 'Banco Nacional de Bolivia', true),
    ('ECONOMICO', 'Banco Económico', true), ('FIE', 'Banco FIE', true),
    ('FORTALEZA', 'Banco Fortaleza', true),
    ('GANADERO', 'Banco Ganadero', true), ('PRODEM', 'Banco Prodem', true), ('SOL', 'BancoSol', true),
    ('UNION', 'Banco Unión', true);

CREATE TABLE pagos_lote_retiro (
    id UUID NOT NULL,
    cantidad INTEGER NOT NULL,
    total BIGINT NOT NULL,
    creado_por UUID NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    contenido BYTEA NOT NULL,
    CONSTRAINT pk_pagos_lote_retiro PRIMARY KEY (id),
    CONSTRAINT ck_pagos_lote_retiro_montos CHECK (cantidad > 0 AND total > 0)
);

CREATE TABLE pagos_retiro (
    id UUID NOT NULL,
    extremo VARCHAR(35) NOT NULL,
    cuenta_id BIGINT NOT NULL,
    monto BIGINT NOT NULL,
    banco VARCHAR(12) NOT NULL,
    numero_cuenta VARCHAR(20) NOT NULL,
    titular VARCHAR(70) NOT NULL,
    persona_id UUID NOT NULL,
    unidad_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    estado VARCHAR(10) NOT NULL,
    lote_id UUID,
    motivo VARCHAR(200),
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_retiro PRIMARY KEY (id),
    CONSTRAINT uq_pagos_retiro_extremo UNIQUE (extremo),
    CONSTRAINT fk_pagos_retiro_cuenta_id FOREIGN KEY (cuenta_id) REFERENCES pagos_cuenta (id),
    CONSTRAINT fk_pagos_retiro_banco FOREIGN KEY (banco) REFERENCES pagos_banco (codigo),
    CONSTRAINT fk_pagos_retiro_lote_id FOREIGN KEY (lote_id) REFERENCES pagos_lote_retiro (id),
    CONSTRAINT ck_pagos_retiro_monto CHECK (monto > 0),
    CONSTRAINT ck_pagos_retiro_numero CHECK (numero_cuenta ~ '^[0-9]{5,20}$' AND titular <> ''),
    CONSTRAINT ck_pagos_retiro_estado CHECK (
        estado IN ('pedido', 'en_lote', 'pagado', 'rechazado', 'cancelado')),
    CONSTRAINT ck_pagos_retiro_terminado CHECK (
        (estado IN ('pagado', 'rechazado', 'cancelado')) = (terminado_en IS NOT NULL)),
    CONSTRAINT ck_pagos_retiro_lote CHECK (
        CASE WHEN estado IN ('en_lote', 'pagado') THEN lote_id IS NOT NULL
             WHEN estado IN ('pedido', 'cancelado') THEN lote_id IS NULL ELSE true END),
    CONSTRAINT ck_pagos_retiro_motivo CHECK ((estado = 'rechazado') = (motivo IS NOT NULL))
);
CREATE INDEX ix_pagos_retiro_cuenta ON pagos_retiro (cuenta_id, creado_en, id);
CREATE INDEX ix_pagos_retiro_abierto ON pagos_retiro (creado_en, id) WHERE estado IN ('pedido', 'en_lote');
CREATE INDEX ix_pagos_retiro_lote_id ON pagos_retiro (lote_id);

-- The same table of transitions as pagos/empresas/estados.py; a test compares them pair by pair. How it ended
-- is what the ledger's pending transfer says.
CREATE FUNCTION pagos_retiro_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'pedido' THEN
            RAISE EXCEPTION 'un retiro nace pedido, no %', NEW.estado USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.extremo, OLD.cuenta_id, OLD.monto, OLD.banco, OLD.numero_cuenta, OLD.titular,
        OLD.persona_id, OLD.unidad_id, OLD.creado_en) IS DISTINCT FROM
       (NEW.id, NEW.extremo, NEW.cuenta_id, NEW.monto, NEW.banco, NEW.numero_cuenta, NEW.titular,
        NEW.persona_id, NEW.unidad_id, NEW.creado_en)
       OR (OLD.lote_id IS NOT NULL AND OLD.lote_id IS DISTINCT FROM NEW.lote_id) THEN
        RAISE EXCEPTION 'lo que se pidió retirar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado OR NOT (CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('en_lote', 'rechazado', 'cancelado')
        WHEN 'en_lote' THEN NEW.estado IN ('pagado', 'rechazado')
        ELSE false END) THEN
        RAISE EXCEPTION 'un retiro no pasa de % a %', OLD.estado, NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_retiro_guardia BEFORE INSERT OR UPDATE ON pagos_retiro
    FOR EACH ROW EXECUTE FUNCTION pagos_retiro_guardia();

CREATE TABLE pagos_extracto (
    id UUID NOT NULL,
    huella BYTEA NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    subido_por UUID NOT NULL,
    subido_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_extracto PRIMARY KEY (id),
    CONSTRAINT uq_pagos_extracto_huella UNIQUE (huella)
);
CREATE TABLE pagos_extracto_linea (
    extracto_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    extremo VARCHAR(35),
    monto BIGINT,
    moneda VARCHAR(3) NOT NULL,
    sentido VARCHAR(4) NOT NULL,
    retiro_id UUID,
    resultado VARCHAR(24) NOT NULL,
    CONSTRAINT pk_pagos_extracto_linea PRIMARY KEY (extracto_id, numero),
    CONSTRAINT fk_pagos_extracto_linea_extracto_id FOREIGN KEY (extracto_id) REFERENCES pagos_extracto (id),
    CONSTRAINT fk_pagos_extracto_linea_retiro_id FOREIGN KEY (retiro_id) REFERENCES pagos_retiro (id),
    CONSTRAINT ck_pagos_extracto_linea_conciliada CHECK (
        resultado NOT IN ('pagado', 'devuelto') OR retiro_id IS NOT NULL)
);
CREATE INDEX ix_pagos_extracto_linea_retiro_id ON pagos_extracto_linea (retiro_id);

CREATE TRIGGER pagos_retiro_sin_borrar BEFORE DELETE ON pagos_retiro
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_lote_retiro_inmutable BEFORE UPDATE OR DELETE ON pagos_lote_retiro
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_extracto_inmutable BEFORE UPDATE OR DELETE ON pagos_extracto
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_extracto_linea_inmutable BEFORE UPDATE OR DELETE ON pagos_extracto_linea
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""


def upgrade() -> None:
    for bloque in (PLANILLAS, DEVOLUCIONES, RETIROS):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    for tabla in (
        "extracto_linea",
        "extracto",
        "retiro",
        "lote_retiro",
        "banco",
        "devolucion",
        "devuelto",
        "plazo_devolucion",
        "planilla_linea",
        "planilla",
    ):
        op.execute(f"DROP TABLE pagos_{tabla}")
    for funcion in ("retiro", "devuelto", "planilla", "planilla_linea"):
        op.execute(f"DROP FUNCTION pagos_{funcion}_guardia")
    op.execute("DROP FUNCTION pagos_devolucion_sumar")
