"""Charges: fee catalogue, órdenes de cobro, their lines and payments.

What holds whatever the program does: versions of a concept never overlap; an order's lines add up to its
amount and its payments to what it says is paid, never more than it asks; states follow one table; what was
asked, and what was paid, never change.
"""

from alembic import op

revision = "0009_cobros"
down_revision = "0008_pasarela"
branch_labels = None
depends_on = None

TABLAS = """
CREATE TABLE pagos_concepto (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    codigo VARCHAR(20) NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    descripcion VARCHAR(1000) NOT NULL,
    norma VARCHAR(200) NOT NULL,
    codigo_sin VARCHAR(12),
    monto BIGINT,
    formula JSONB,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    version INTEGER NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_concepto PRIMARY KEY (id),
    CONSTRAINT fk_pagos_concepto_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_pagos_concepto_codigo CHECK (codigo ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'),
    CONSTRAINT ck_pagos_concepto_nombre CHECK (nombre <> '' AND norma <> ''),
    CONSTRAINT ck_pagos_concepto_monto_o_formula CHECK ((monto IS NULL) <> (formula IS NULL)),
    CONSTRAINT ck_pagos_concepto_monto CHECK (monto BETWEEN 1 AND 100000000),
    CONSTRAINT ck_pagos_concepto_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ck_pagos_concepto_version CHECK (version >= 1),
    CONSTRAINT ex_pagos_concepto_sin_solape EXCLUDE USING gist (
        unidad_id WITH =, codigo WITH =, daterange(vigente_desde, vigente_hasta, '[]') WITH &&)
);
CREATE INDEX ix_pagos_concepto_codigo ON pagos_concepto (unidad_id, codigo, vigente_desde);

CREATE TABLE pagos_orden (
    id UUID NOT NULL,
    cpt VARCHAR(12) NOT NULL,
    unidad_id UUID NOT NULL,
    concepto_id UUID,
    detalle VARCHAR(200) NOT NULL,
    pagador_tipo VARCHAR(3),
    pagador_documento VARCHAR(16),
    pagador_nombre VARCHAR(120),
    factura_razon_social VARCHAR(120),
    factura_nit VARCHAR(13),
    factura_correo VARCHAR(120),
    calculo JSONB,
    monto BIGINT NOT NULL,
    pagado BIGINT NOT NULL,
    parcial BOOLEAN NOT NULL,
    minimo BIGINT,
    vence_en TIMESTAMPTZ NOT NULL,
    estado VARCHAR(14) NOT NULL,
    referencia VARCHAR(60),
    huella BYTEA NOT NULL,
    emitida_por VARCHAR(120) NOT NULL,
    emitida_nombre VARCHAR(200) NOT NULL,
    version INTEGER NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    terminada_en TIMESTAMPTZ,
    motivo_anulacion VARCHAR(200),
    CONSTRAINT pk_pagos_orden PRIMARY KEY (id),
    CONSTRAINT uq_pagos_orden_cpt UNIQUE (cpt),
    CONSTRAINT uq_pagos_orden_unidad_id_referencia UNIQUE (unidad_id, referencia),
    CONSTRAINT fk_pagos_orden_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_pagos_orden_concepto_id FOREIGN KEY (concepto_id) REFERENCES pagos_concepto (id),
    CONSTRAINT ck_pagos_orden_cpt CHECK (cpt ~ '^[0-9]{12}$'),
    CONSTRAINT ck_pagos_orden_detalle CHECK (detalle <> ''),
    CONSTRAINT ck_pagos_orden_pagador CHECK (
        (pagador_tipo IS NULL) = (pagador_documento IS NULL) AND pagador_tipo IN ('CI', 'NIT')),
    CONSTRAINT ck_pagos_orden_monto CHECK (monto BETWEEN 1 AND 100000000),
    CONSTRAINT ck_pagos_orden_pagado CHECK (pagado BETWEEN 0 AND monto),
    CONSTRAINT ck_pagos_orden_parcial CHECK (
        (minimo IS NOT NULL) = parcial AND minimo BETWEEN 1 AND monto AND (parcial OR pagado IN (0, monto))),
    CONSTRAINT ck_pagos_orden_plazo CHECK (vence_en > creado_en),
    CONSTRAINT ck_pagos_orden_estado CHECK (CASE estado
        WHEN 'pendiente' THEN pagado = 0
        WHEN 'pagada_parcial' THEN pagado > 0 AND pagado < monto
        WHEN 'pagada' THEN pagado = monto
        WHEN 'vencida' THEN pagado < monto
        WHEN 'anulada' THEN pagado = 0
        ELSE false END),
    CONSTRAINT ck_pagos_orden_terminada CHECK (
        (estado IN ('pagada', 'vencida', 'anulada')) = (terminada_en IS NOT NULL)),
    CONSTRAINT ck_pagos_orden_anulada CHECK ((estado = 'anulada') = (motivo_anulacion IS NOT NULL)),
    CONSTRAINT ck_pagos_orden_version CHECK (version >= 1),
    CONSTRAINT ck_pagos_orden_huella CHECK (length(huella) = 32)
);
CREATE INDEX ix_pagos_orden_unidad ON pagos_orden (unidad_id, creado_en, id);
CREATE INDEX ix_pagos_orden_estado ON pagos_orden (unidad_id, estado, creado_en, id);
CREATE INDEX ix_pagos_orden_vence_en ON pagos_orden (vence_en) WHERE estado IN ('pendiente', 'pagada_parcial');
CREATE INDEX ix_pagos_orden_pagador ON pagos_orden (pagador_documento, pagador_tipo, creado_en, id);
CREATE INDEX ix_pagos_orden_concepto_id ON pagos_orden (concepto_id);

CREATE TABLE pagos_orden_linea (
    orden_id UUID NOT NULL,
    posicion SMALLINT NOT NULL,
    descripcion VARCHAR(200) NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    precio BIGINT NOT NULL,
    subtotal BIGINT NOT NULL,
    codigo_sin VARCHAR(12),
    CONSTRAINT pk_pagos_orden_linea PRIMARY KEY (orden_id, posicion),
    CONSTRAINT fk_pagos_orden_linea_orden_id FOREIGN KEY (orden_id) REFERENCES pagos_orden (id),
    CONSTRAINT ck_pagos_orden_linea_posicion CHECK (posicion BETWEEN 1 AND 50),
    CONSTRAINT ck_pagos_orden_linea_descripcion CHECK (descripcion <> ''),
    CONSTRAINT ck_pagos_orden_linea_cantidad CHECK (cantidad > 0 AND precio >= 0),
    -- Rounded to a centavo, whichever way a tie goes.
    CONSTRAINT ck_pagos_orden_linea_subtotal CHECK (abs(subtotal - cantidad * precio) <= 0.5)
);

CREATE TABLE pagos_pago (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    medio VARCHAR(9) NOT NULL,
    cuenta_origen BIGINT,
    cuenta_destino BIGINT NOT NULL,
    transferencia_id UUID NOT NULL,
    persona_id UUID,
    unidad_id UUID,
    pagado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_pago PRIMARY KEY (id),
    CONSTRAINT uq_pagos_pago_transferencia_id UNIQUE (transferencia_id),
    CONSTRAINT fk_pagos_pago_orden_id FOREIGN KEY (orden_id) REFERENCES pagos_orden (id),
    CONSTRAINT ck_pagos_pago_monto CHECK (monto > 0),
    CONSTRAINT ck_pagos_pago_medio CHECK (medio IN ('billetera', 'tarjeta')),
    CONSTRAINT ck_pagos_pago_origen CHECK ((medio = 'billetera') = (cuenta_origen IS NOT NULL))
);
CREATE INDEX ix_pagos_pago_orden_id ON pagos_pago (orden_id, pagado_en, id);
CREATE INDEX ix_pagos_pago_persona ON pagos_pago (persona_id, pagado_en, id);
CREATE INDEX ix_pagos_pago_destino ON pagos_pago (cuenta_destino, pagado_en, id);
"""

# The same table of transitions as pagos/cobros/estados.py; a test compares them pair by pair.
GUARDIAS = """
CREATE FUNCTION pagos_orden_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'pendiente' OR NEW.version <> 1 THEN
            RAISE EXCEPTION 'una orden nace pendiente, no %', NEW.estado USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.cpt, OLD.unidad_id, OLD.concepto_id, OLD.detalle, OLD.pagador_tipo, OLD.pagador_documento,
        OLD.pagador_nombre, OLD.factura_razon_social, OLD.factura_nit, OLD.factura_correo, OLD.calculo, OLD.monto,
        OLD.parcial, OLD.minimo, OLD.vence_en, OLD.referencia, OLD.huella, OLD.emitida_por, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.cpt, NEW.unidad_id, NEW.concepto_id, NEW.detalle, NEW.pagador_tipo, NEW.pagador_documento,
        NEW.pagador_nombre, NEW.factura_razon_social, NEW.factura_nit, NEW.factura_correo, NEW.calculo, NEW.monto,
        NEW.parcial, NEW.minimo, NEW.vence_en, NEW.referencia, NEW.huella, NEW.emitida_por, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que una orden cobra no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.pagado < OLD.pagado OR NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'lo pagado y la versión solo crecen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> NEW.estado AND NOT (CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('pagada_parcial', 'pagada', 'vencida', 'anulada')
        WHEN 'pagada_parcial' THEN NEW.estado IN ('pagada', 'vencida')
        WHEN 'vencida' THEN NEW.estado IN ('pagada')
        ELSE false END) THEN
        RAISE EXCEPTION 'una orden no pasa de % a %', OLD.estado, NEW.estado USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_orden_guardia BEFORE INSERT OR UPDATE ON pagos_orden
    FOR EACH ROW EXECUTE FUNCTION pagos_orden_guardia();

CREATE FUNCTION pagos_orden_cuadra() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- From an order its id; from a line or a payment, its order's.
    v_orden UUID := coalesce(to_jsonb(NEW) ->> 'orden_id', to_jsonb(NEW) ->> 'id');
    v_mal BOOLEAN;
BEGIN
    SELECT o.monto <> (SELECT coalesce(sum(l.subtotal), 0) FROM pagos_orden_linea l WHERE l.orden_id = o.id)
        OR o.pagado <> (SELECT coalesce(sum(p.monto), 0) FROM pagos_pago p WHERE p.orden_id = o.id)
    INTO v_mal FROM pagos_orden o WHERE o.id = v_orden;
    IF v_mal THEN
        RAISE EXCEPTION 'la orden % no cuadra con sus líneas o sus pagos', v_orden
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pagos_orden_cuadra AFTER INSERT OR UPDATE ON pagos_orden
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pagos_orden_cuadra();
CREATE CONSTRAINT TRIGGER pagos_pago_cuadra AFTER INSERT ON pagos_pago
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pagos_orden_cuadra();
CREATE CONSTRAINT TRIGGER pagos_orden_linea_cuadra AFTER INSERT ON pagos_orden_linea
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pagos_orden_cuadra();

CREATE FUNCTION pagos_concepto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.unidad_id, OLD.codigo, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.unidad_id, NEW.codigo, NEW.creado_en) THEN
        RAISE EXCEPTION 'un concepto no cambia de unidad ni de código' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.monto, OLD.formula, OLD.norma, OLD.vigente_desde)
       IS DISTINCT FROM (NEW.monto, NEW.formula, NEW.norma, NEW.vigente_desde)
       AND EXISTS (SELECT 1 FROM pagos_orden WHERE concepto_id = OLD.id) THEN
        RAISE EXCEPTION 'lo que cobra un concepto con órdenes no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_concepto_guardia BEFORE UPDATE ON pagos_concepto
    FOR EACH ROW EXECUTE FUNCTION pagos_concepto_guardia();

CREATE TRIGGER pagos_orden_sin_borrar BEFORE DELETE ON pagos_orden
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_orden_linea_inmutable BEFORE UPDATE OR DELETE ON pagos_orden_linea
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_pago_inmutable BEFORE UPDATE OR DELETE ON pagos_pago
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""


def upgrade() -> None:
    for bloque in (TABLAS, GUARDIAS):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    for tabla in ("pago", "orden_linea", "orden", "concepto"):
        op.execute(f"DROP TABLE pagos_{tabla}")
    for funcion in ("orden_guardia", "orden_cuadra", "concepto_guardia"):
        op.execute(f"DROP FUNCTION pagos_{funcion}")
