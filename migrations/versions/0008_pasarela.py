"""Card gateway: payment intents, refunds, disputes, received webhooks, and the state of the simulated gateway."""

from alembic import op

revision = "0008_pasarela"
down_revision = "0007_feria_inversa"
branch_labels = None
depends_on = None

TABLAS = """
CREATE TABLE pagos_intento (
    id UUID NOT NULL,
    proposito VARCHAR(10) NOT NULL,
    referencia_id UUID,
    destino BIGINT NOT NULL,
    monto BIGINT NOT NULL,
    moneda VARCHAR(3) DEFAULT 'BOB' NOT NULL,
    codigo SMALLINT NOT NULL,
    modalidad VARCHAR(8) NOT NULL,
    metodo VARCHAR(64),
    descripcion VARCHAR(200) NOT NULL,
    persona_id UUID NOT NULL,
    unidad_id UUID,
    reserva_id UUID NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    estado VARCHAR(16) NOT NULL,
    motivo VARCHAR(60),
    pasarela_id VARCHAR(80),
    sesion_id VARCHAR(80),
    accion_url VARCHAR(5000),
    recibido BIGINT,
    recibido_moneda VARCHAR(3),
    enviado_en TIMESTAMPTZ,
    envios SMALLINT NOT NULL,
    consultas INTEGER NOT NULL,
    consultar_en TIMESTAMPTZ,
    consultado_en TIMESTAMPTZ,
    cancelar BOOLEAN NOT NULL,
    terminado_en TIMESTAMPTZ,
    transferencia_id UUID,
    CONSTRAINT pk_pagos_intento PRIMARY KEY (id),
    CONSTRAINT uq_pagos_intento_pasarela_id UNIQUE (pasarela_id),
    CONSTRAINT uq_pagos_intento_sesion_id UNIQUE (sesion_id),
    CONSTRAINT uq_pagos_intento_transferencia_id UNIQUE (transferencia_id),
    CONSTRAINT uq_pagos_intento_reserva_id UNIQUE (reserva_id),
    CONSTRAINT ck_pagos_intento_proposito CHECK (proposito IN ('recarga', 'orden')),
    CONSTRAINT ck_pagos_intento_referencia CHECK ((proposito = 'orden') = (referencia_id IS NOT NULL)),
    CONSTRAINT ck_pagos_intento_monto CHECK (monto > 0 AND recibido >= 0),
    CONSTRAINT ck_pagos_intento_moneda CHECK (moneda = 'BOB'),
    CONSTRAINT ck_pagos_intento_modalidad CHECK (modalidad IN ('alojada', 'directa')),
    CONSTRAINT ck_pagos_intento_metodo CHECK ((modalidad = 'directa') = (metodo IS NOT NULL)),
    CONSTRAINT ck_pagos_intento_estado CHECK (estado IN (
        'creado', 'ambiguo', 'requiere_accion', 'procesando', 'pagado', 'rechazado', 'cancelado', 'observado')),
    CONSTRAINT ck_pagos_intento_pagado CHECK (
        (estado = 'pagado') = (transferencia_id IS NOT NULL)
        AND (estado <> 'pagado' OR (recibido = monto AND recibido_moneda = moneda))),
    CONSTRAINT ck_pagos_intento_terminado CHECK (
        (estado IN ('pagado', 'rechazado', 'cancelado', 'observado')) = (terminado_en IS NOT NULL)),
    -- What is not over always has a next time to be looked at: nothing can be forgotten.
    CONSTRAINT ck_pagos_intento_consultar CHECK (
        consultar_en IS NOT NULL OR estado IN ('pagado', 'rechazado', 'cancelado', 'observado')),
    CONSTRAINT ck_pagos_intento_accion CHECK (estado <> 'requiere_accion' OR accion_url IS NOT NULL),
    CONSTRAINT ck_pagos_intento_envios CHECK (envios >= 0 AND (envios > 0) = (enviado_en IS NOT NULL))
);
CREATE INDEX ix_pagos_intento_consultar_en ON pagos_intento (consultar_en) WHERE consultar_en IS NOT NULL;
CREATE INDEX ix_pagos_intento_persona ON pagos_intento (persona_id, creado_en, id);
CREATE INDEX ix_pagos_intento_destino ON pagos_intento (destino, creado_en, id);
CREATE INDEX ix_pagos_intento_referencia ON pagos_intento (referencia_id) WHERE referencia_id IS NOT NULL;
CREATE INDEX ix_pagos_intento_observado ON pagos_intento (terminado_en) WHERE estado = 'observado';

CREATE TABLE pagos_intento_paso (
    numero BIGINT GENERATED ALWAYS AS IDENTITY,
    intento_id UUID NOT NULL,
    estado VARCHAR(16) NOT NULL,
    motivo VARCHAR(60),
    ocurrido_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_pagos_intento_paso PRIMARY KEY (numero),
    CONSTRAINT fk_pagos_intento_paso_intento_id FOREIGN KEY(intento_id) REFERENCES pagos_intento (id)
);
CREATE INDEX ix_pagos_intento_paso_intento_id ON pagos_intento_paso (intento_id, numero);

CREATE TABLE pagos_reembolso (
    id UUID NOT NULL,
    intento_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    nota VARCHAR(200) NOT NULL,
    persona_id UUID NOT NULL,
    unidad_id UUID,
    reserva_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    estado VARCHAR(12) NOT NULL,
    motivo VARCHAR(60),
    pasarela_id VARCHAR(80),
    enviado_en TIMESTAMPTZ,
    envios SMALLINT NOT NULL,
    consultas INTEGER NOT NULL,
    consultar_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_reembolso PRIMARY KEY (id),
    CONSTRAINT fk_pagos_reembolso_intento_id FOREIGN KEY(intento_id) REFERENCES pagos_intento (id),
    CONSTRAINT uq_pagos_reembolso_pasarela_id UNIQUE (pasarela_id),
    CONSTRAINT uq_pagos_reembolso_reserva_id UNIQUE (reserva_id),
    CONSTRAINT ck_pagos_reembolso_monto CHECK (monto > 0),
    CONSTRAINT ck_pagos_reembolso_estado CHECK (estado IN (
        'creado', 'ambiguo', 'procesando', 'hecho', 'fallido', 'revertido')),
    CONSTRAINT ck_pagos_reembolso_terminado CHECK (
        (estado IN ('hecho', 'fallido', 'revertido')) = (terminado_en IS NOT NULL)),
    CONSTRAINT ck_pagos_reembolso_consultar CHECK (
        consultar_en IS NOT NULL OR estado IN ('hecho', 'fallido', 'revertido')),
    CONSTRAINT ck_pagos_reembolso_envios CHECK (envios >= 0 AND (envios > 0) = (enviado_en IS NOT NULL))
);
CREATE INDEX ix_pagos_reembolso_consultar_en ON pagos_reembolso (consultar_en) WHERE consultar_en IS NOT NULL;
CREATE INDEX ix_pagos_reembolso_intento_id ON pagos_reembolso (intento_id, creado_en);

CREATE TABLE pagos_disputa (
    id UUID NOT NULL,
    pasarela_id VARCHAR(80) NOT NULL,
    intento_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    causa VARCHAR(40) NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    responder_hasta TIMESTAMPTZ,
    estado VARCHAR(10) NOT NULL,
    retenido BIGINT NOT NULL,
    reservas SMALLINT NOT NULL,
    cobrado BIGINT NOT NULL,
    congelo BOOLEAN NOT NULL,
    consultas INTEGER NOT NULL,
    consultar_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_disputa PRIMARY KEY (id),
    CONSTRAINT uq_pagos_disputa_pasarela_id UNIQUE (pasarela_id),
    CONSTRAINT fk_pagos_disputa_intento_id FOREIGN KEY(intento_id) REFERENCES pagos_intento (id),
    CONSTRAINT ck_pagos_disputa_monto CHECK (monto > 0),
    CONSTRAINT ck_pagos_disputa_estado CHECK (estado IN ('abierta', 'ganada', 'perdida')),
    CONSTRAINT ck_pagos_disputa_retenido CHECK (
        retenido >= 0 AND cobrado >= 0 AND reservas >= 0 AND retenido + cobrado <= monto),
    CONSTRAINT ck_pagos_disputa_terminada CHECK ((estado = 'abierta') = (terminado_en IS NULL)),
    CONSTRAINT ck_pagos_disputa_consultar CHECK (consultar_en IS NOT NULL OR estado <> 'abierta')
);
CREATE INDEX ix_pagos_disputa_intento_id ON pagos_disputa (intento_id);
CREATE INDEX ix_pagos_disputa_consultar_en ON pagos_disputa (consultar_en) WHERE consultar_en IS NOT NULL;

CREATE TABLE pagos_aviso_pasarela (
    id VARCHAR(80) NOT NULL,
    tipo VARCHAR(80) NOT NULL,
    objeto VARCHAR(80),
    cuerpo BYTEA NOT NULL,
    firma VARCHAR(500) NOT NULL,
    emitido_en TIMESTAMPTZ NOT NULL,
    recibido_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    repetidos INTEGER DEFAULT 0 NOT NULL,
    atender_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_aviso_pasarela PRIMARY KEY (id)
);
CREATE INDEX ix_pagos_aviso_pasarela_emitido_en ON pagos_aviso_pasarela (emitido_en);
CREATE INDEX ix_pagos_aviso_pasarela_atender_en ON pagos_aviso_pasarela (atender_en)
    WHERE atender_en IS NOT NULL;
"""

SIMULADA = """
CREATE TABLE pagos_simulada_objeto (
    tipo VARCHAR(20) NOT NULL,
    id VARCHAR(120) NOT NULL,
    numero BIGINT GENERATED ALWAYS AS IDENTITY,
    creado BIGINT NOT NULL,
    datos JSONB NOT NULL,
    vence_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_simulada_objeto PRIMARY KEY (tipo, id)
);
CREATE INDEX ix_pagos_simulada_objeto_creado ON pagos_simulada_objeto (tipo, creado, numero);
CREATE INDEX ix_pagos_simulada_objeto_vence_en ON pagos_simulada_objeto (vence_en) WHERE vence_en IS NOT NULL;
"""

# The same tables of transitions as pagos/pasarela/estados.py; a test compares them pair by pair.
GUARDIAS = """
CREATE FUNCTION pagos_intento_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'creado' THEN
            RAISE EXCEPTION 'un intento nace creado, no %', NEW.estado USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.proposito, OLD.referencia_id, OLD.destino, OLD.monto, OLD.moneda, OLD.codigo, OLD.modalidad,
        OLD.metodo, OLD.persona_id, OLD.unidad_id, OLD.reserva_id, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.proposito, NEW.referencia_id, NEW.destino, NEW.monto, NEW.moneda, NEW.codigo, NEW.modalidad,
        NEW.metodo, NEW.persona_id, NEW.unidad_id, NEW.reserva_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se pidió pagar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.pasarela_id IS NOT NULL AND OLD.pasarela_id IS DISTINCT FROM NEW.pasarela_id)
       OR (OLD.sesion_id IS NOT NULL AND OLD.sesion_id IS DISTINCT FROM NEW.sesion_id) THEN
        RAISE EXCEPTION 'un intento es de un solo pago de la pasarela' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> NEW.estado AND NOT (CASE OLD.estado
        WHEN 'creado' THEN NEW.estado IN ('ambiguo', 'requiere_accion', 'procesando', 'pagado', 'rechazado',
                                          'cancelado', 'observado')
        WHEN 'ambiguo' THEN NEW.estado IN ('requiere_accion', 'procesando', 'pagado', 'rechazado', 'cancelado',
                                           'observado')
        WHEN 'requiere_accion' THEN NEW.estado IN ('procesando', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'procesando' THEN NEW.estado IN ('requiere_accion', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'rechazado' THEN NEW.estado IN ('pagado', 'observado')
        WHEN 'cancelado' THEN NEW.estado IN ('pagado', 'observado')
        ELSE false END) THEN
        RAISE EXCEPTION 'un intento no pasa de % a %', OLD.estado, NEW.estado USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_intento_guardia BEFORE INSERT OR UPDATE ON pagos_intento
    FOR EACH ROW EXECUTE FUNCTION pagos_intento_guardia();

CREATE FUNCTION pagos_intento_anotar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pagos_intento_paso (intento_id, estado, motivo, ocurrido_en)
    VALUES (NEW.id, NEW.estado, NEW.motivo, nucleo_ahora());
    RETURN NULL;
END $$;
CREATE TRIGGER pagos_intento_anotar_alta AFTER INSERT ON pagos_intento
    FOR EACH ROW EXECUTE FUNCTION pagos_intento_anotar();
CREATE TRIGGER pagos_intento_anotar_paso AFTER UPDATE ON pagos_intento FOR EACH ROW
    WHEN (OLD.estado <> NEW.estado OR (NEW.motivo IS NOT NULL AND OLD.motivo IS DISTINCT FROM NEW.motivo))
    EXECUTE FUNCTION pagos_intento_anotar();

CREATE FUNCTION pagos_reembolso_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_intento pagos_intento;
    v_otros BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The row lock makes two refunds of one payment wait for each other.
        SELECT * INTO STRICT v_intento FROM pagos_intento WHERE id = NEW.intento_id FOR UPDATE;
        SELECT coalesce(sum(monto), 0) INTO v_otros FROM pagos_reembolso
        WHERE intento_id = NEW.intento_id AND estado NOT IN ('fallido', 'revertido');
        IF NEW.estado <> 'creado' OR v_intento.estado NOT IN ('pagado', 'observado')
           OR v_otros + NEW.monto > v_intento.recibido THEN
            RAISE EXCEPTION 'un reembolso no supera lo pagado' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.intento_id, OLD.monto, OLD.persona_id, OLD.reserva_id, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.intento_id, NEW.monto, NEW.persona_id, NEW.reserva_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se pidió reembolsar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> NEW.estado AND NOT (CASE OLD.estado
        WHEN 'creado' THEN NEW.estado IN ('ambiguo', 'procesando', 'hecho', 'fallido')
        WHEN 'ambiguo' THEN NEW.estado IN ('procesando', 'hecho', 'fallido')
        WHEN 'procesando' THEN NEW.estado IN ('hecho', 'fallido')
        WHEN 'hecho' THEN NEW.estado IN ('revertido')
        ELSE false END) THEN
        RAISE EXCEPTION 'un reembolso no pasa de % a %', OLD.estado, NEW.estado USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_reembolso_guardia BEFORE INSERT OR UPDATE ON pagos_reembolso
    FOR EACH ROW EXECUTE FUNCTION pagos_reembolso_guardia();

CREATE FUNCTION pagos_disputa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.pasarela_id, OLD.intento_id, OLD.monto, OLD.creado_en)
       IS DISTINCT FROM (NEW.id, NEW.pasarela_id, NEW.intento_id, NEW.monto, NEW.creado_en)
       OR (OLD.estado <> 'abierta' AND OLD.estado <> NEW.estado) THEN
        RAISE EXCEPTION 'una disputa termina una sola vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_disputa_guardia BEFORE UPDATE ON pagos_disputa
    FOR EACH ROW EXECUTE FUNCTION pagos_disputa_guardia();

CREATE TRIGGER pagos_intento_sin_borrar BEFORE DELETE ON pagos_intento
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_intento_paso_inmutable BEFORE UPDATE OR DELETE ON pagos_intento_paso
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_reembolso_sin_borrar BEFORE DELETE ON pagos_reembolso
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_disputa_sin_borrar BEFORE DELETE ON pagos_disputa
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""


def upgrade() -> None:
    for bloque in (TABLAS, SIMULADA, GUARDIAS):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    for tabla in ("simulada_objeto", "aviso_pasarela", "disputa", "reembolso", "intento_paso", "intento"):
        op.execute(f"DROP TABLE pagos_{tabla}")
    for funcion in ("intento_guardia", "intento_anotar", "reembolso_guardia", "disputa_guardia"):
        op.execute(f"DROP FUNCTION pagos_{funcion}")
