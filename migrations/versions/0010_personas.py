"""Wallets of people (freezes, requests for money) and supervision (closings, speed rules, verifications)."""

from alembic import op

revision = "0010_personas"
down_revision = "0009_cobros"
branch_labels = None
depends_on = None

# An account is frozen while any of its freezes is open: the owner lifting theirs does not undo the
# authority's, nor a dispute's.
CONGELAMIENTO = """
CREATE TABLE pagos_congelamiento (
    id UUID NOT NULL,
    cuenta_id BIGINT NOT NULL,
    origen VARCHAR(10) NOT NULL,
    motivo VARCHAR(300) NOT NULL,
    congelado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    congelado_por UUID,
    levantado_en TIMESTAMPTZ,
    levantado_por UUID,
    motivo_levantado VARCHAR(300),
    CONSTRAINT pk_pagos_congelamiento PRIMARY KEY (id),
    CONSTRAINT fk_pagos_congelamiento_cuenta_id FOREIGN KEY (cuenta_id) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_pagos_congelamiento_origen CHECK (origen IN ('titular', 'autoridad', 'plataforma')),
    CONSTRAINT ck_pagos_congelamiento_motivo CHECK (motivo <> ''),
    CONSTRAINT ck_pagos_congelamiento_levantado CHECK (
        (levantado_en IS NULL) = (motivo_levantado IS NULL)
        AND (levantado_por IS NULL OR levantado_en IS NOT NULL) AND levantado_en >= congelado_en)
);
CREATE UNIQUE INDEX uq_pagos_congelamiento_abierto ON pagos_congelamiento (cuenta_id, origen)
    WHERE levantado_en IS NULL;
CREATE INDEX ix_pagos_congelamiento_cuenta ON pagos_congelamiento (cuenta_id, congelado_en);
CREATE INDEX ix_pagos_congelamiento_abiertos ON pagos_congelamiento (congelado_en, id)
    WHERE levantado_en IS NULL;

CREATE FUNCTION pagos_congelamiento_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.levantado_en IS NOT NULL THEN
            RAISE EXCEPTION 'un congelamiento nace abierto' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF OLD.levantado_en IS NOT NULL
       OR (OLD.id, OLD.cuenta_id, OLD.origen, OLD.motivo, OLD.congelado_en, OLD.congelado_por)
          IS DISTINCT FROM
          (NEW.id, NEW.cuenta_id, NEW.origen, NEW.motivo, NEW.congelado_en, NEW.congelado_por) THEN
        RAISE EXCEPTION 'un congelamiento solo se levanta, una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_congelamiento_guardia BEFORE INSERT OR UPDATE ON pagos_congelamiento
    FOR EACH ROW EXECUTE FUNCTION pagos_congelamiento_guardia();
CREATE TRIGGER pagos_congelamiento_sin_borrar BEFORE DELETE ON pagos_congelamiento
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- The flag follows the freezes. The account is locked before they are counted: of two at once, the second
-- sees what the first left.
CREATE FUNCTION pagos_congelamiento_aplicar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM pagos_cuenta WHERE id = NEW.cuenta_id FOR NO KEY UPDATE;
    UPDATE pagos_cuenta SET congelada = EXISTS (
        SELECT FROM pagos_congelamiento WHERE cuenta_id = NEW.cuenta_id AND levantado_en IS NULL)
    WHERE id = NEW.cuenta_id;
    RETURN NULL;
END $$;
CREATE TRIGGER pagos_congelamiento_aplicar AFTER INSERT OR UPDATE ON pagos_congelamiento
    FOR EACH ROW EXECUTE FUNCTION pagos_congelamiento_aplicar();

-- Judged at commit, so that a stronger claim may lift the flag and put it back inside one transaction. Fires
-- only for statements that name the column; transfers do not.
CREATE FUNCTION pagos_cuenta_congelada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT congelada FROM pagos_cuenta WHERE id = NEW.id)
       AND EXISTS (SELECT FROM pagos_congelamiento WHERE cuenta_id = NEW.id AND levantado_en IS NULL) THEN
        RAISE EXCEPTION 'la cuenta % tiene congelamientos abiertos', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pagos_cuenta_congelada AFTER UPDATE OF congelada ON pagos_cuenta
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.congelada AND NOT NEW.congelada)
    EXECUTE FUNCTION pagos_cuenta_congelada();

-- Both answer whether anything changed: freezing twice for the same cause is one freeze.
CREATE FUNCTION pagos_congelar(p_id uuid, p_cuenta bigint, p_origen text, p_motivo text, p_quien uuid)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pagos_congelamiento (id, cuenta_id, origen, motivo, congelado_por)
    VALUES (p_id, p_cuenta, p_origen, p_motivo, p_quien) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;
CREATE FUNCTION pagos_descongelar(p_cuenta bigint, p_origen text, p_motivo text, p_quien uuid)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pagos_congelamiento
    SET levantado_en = greatest(nucleo_ahora(), congelado_en), levantado_por = p_quien,
        motivo_levantado = p_motivo
    WHERE cuenta_id = p_cuenta AND origen = p_origen AND levantado_en IS NULL;
    RETURN FOUND;
END $$;
"""

SOLICITUD = """
CREATE TABLE pagos_solicitud (
    id UUID NOT NULL,
    solicitante_id UUID NOT NULL,
    cuenta_id BIGINT NOT NULL,
    pagador_id UUID NOT NULL,
    monto BIGINT NOT NULL,
    motivo VARCHAR(140) NOT NULL,
    estado VARCHAR(10) DEFAULT 'pendiente' NOT NULL,
    creada_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    resuelta_en TIMESTAMPTZ,
    transferencia_id UUID,
    CONSTRAINT pk_pagos_solicitud PRIMARY KEY (id),
    CONSTRAINT uq_pagos_solicitud_transferencia_id UNIQUE (transferencia_id),
    CONSTRAINT fk_pagos_solicitud_solicitante_id FOREIGN KEY (solicitante_id)
        REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_pagos_solicitud_cuenta_id FOREIGN KEY (cuenta_id) REFERENCES pagos_cuenta (id),
    CONSTRAINT fk_pagos_solicitud_pagador_id FOREIGN KEY (pagador_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_pagos_solicitud_partes CHECK (solicitante_id <> pagador_id),
    CONSTRAINT ck_pagos_solicitud_monto CHECK (monto BETWEEN 1 AND 10000000),
    CONSTRAINT ck_pagos_solicitud_motivo CHECK (motivo <> ''),
    CONSTRAINT ck_pagos_solicitud_estado CHECK (
        estado IN ('pendiente', 'pagada', 'rechazada', 'vencida', 'cancelada')),
    CONSTRAINT ck_pagos_solicitud_resuelta CHECK ((estado = 'pendiente') = (resuelta_en IS NULL)),
    CONSTRAINT ck_pagos_solicitud_pagada CHECK ((estado = 'pagada') = (transferencia_id IS NOT NULL)),
    CONSTRAINT ck_pagos_solicitud_plazo CHECK (
        vence_en > creada_en AND vence_en <= creada_en + INTERVAL '91 days'),
    CONSTRAINT ck_pagos_solicitud_a_tiempo CHECK (
        CASE estado WHEN 'pendiente' THEN true
                    WHEN 'vencida' THEN resuelta_en >= vence_en
                    ELSE resuelta_en < vence_en END)
);
CREATE INDEX ix_pagos_solicitud_solicitante ON pagos_solicitud (solicitante_id, creada_en, id);
CREATE INDEX ix_pagos_solicitud_pagador ON pagos_solicitud (pagador_id, creada_en, id);
CREATE INDEX ix_pagos_solicitud_vence_en ON pagos_solicitud (vence_en) WHERE estado = 'pendiente';

CREATE FUNCTION pagos_solicitud_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'pendiente' THEN
            RAISE EXCEPTION 'una solicitud nace pendiente, no %', NEW.estado
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.estado <> 'pendiente' THEN
        RAISE EXCEPTION 'una solicitud % ya no cambia', OLD.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.id, OLD.solicitante_id, OLD.cuenta_id, OLD.pagador_id, OLD.monto, OLD.motivo, OLD.creada_en,
        OLD.vence_en) IS DISTINCT FROM
       (NEW.id, NEW.solicitante_id, NEW.cuenta_id, NEW.pagador_id, NEW.monto, NEW.motivo, NEW.creada_en,
        NEW.vence_en) THEN
        RAISE EXCEPTION 'lo que una solicitud pide no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'pagada' AND NOT EXISTS (
        SELECT FROM pagos_transferencia t
        WHERE t.id = NEW.transferencia_id AND t.tipo = 1 AND t.credito = NEW.cuenta_id
          AND t.monto = NEW.monto AND t.referencia = NEW.id) THEN
        RAISE EXCEPTION 'la solicitud % no tiene su transferencia en el libro', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_solicitud_guardia BEFORE INSERT OR UPDATE ON pagos_solicitud
    FOR EACH ROW EXECUTE FUNCTION pagos_solicitud_guardia();
CREATE TRIGGER pagos_solicitud_sin_borrar BEFORE DELETE ON pagos_solicitud
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""

CIERRE = """
-- Days of the ledger, for closings and volumes; rows arrive in order of time, so it costs nothing to keep.
CREATE INDEX ix_pagos_transferencia_creada_en ON pagos_transferencia USING brin (creada_en)
    WITH (pages_per_range = 32, autosummarize = on);
CREATE TABLE pagos_cierre (
    dia DATE NOT NULL,
    cantidad INTEGER NOT NULL,
    contabilizadas INTEGER NOT NULL,
    suma BIGINT NOT NULL,
    primero BIGINT,
    ultimo BIGINT,
    raiz BYTEA NOT NULL,
    formato SMALLINT NOT NULL,
    hecho_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_cierre PRIMARY KEY (dia),
    CONSTRAINT ck_pagos_cierre_cantidad CHECK (contabilizadas BETWEEN 0 AND cantidad),
    CONSTRAINT ck_pagos_cierre_suma CHECK (suma >= contabilizadas AND (suma = 0) = (contabilizadas = 0)),
    CONSTRAINT ck_pagos_cierre_numeros CHECK (
        (cantidad = 0) = (primero IS NULL) AND (primero IS NULL) = (ultimo IS NULL)
        AND ultimo - primero >= cantidad - 1),
    CONSTRAINT ck_pagos_cierre_raiz CHECK (length(raiz) = 32)
);
CREATE TABLE pagos_cierre_bloque (
    dia DATE NOT NULL,
    indice INTEGER NOT NULL,
    cantidad SMALLINT NOT NULL,
    primero BIGINT NOT NULL,
    ultimo BIGINT NOT NULL,
    raiz BYTEA NOT NULL,
    CONSTRAINT pk_pagos_cierre_bloque PRIMARY KEY (dia, indice),
    CONSTRAINT fk_pagos_cierre_bloque_dia FOREIGN KEY (dia) REFERENCES pagos_cierre (dia),
    CONSTRAINT ck_pagos_cierre_bloque_cantidad CHECK (cantidad BETWEEN 1 AND 1024 AND indice >= 0),
    CONSTRAINT ck_pagos_cierre_bloque_numeros CHECK (ultimo - primero >= cantidad - 1),
    CONSTRAINT ck_pagos_cierre_bloque_raiz CHECK (length(raiz) = 32)
);

-- One closing for each day since the first, none before its day is over in Bolivia.
CREATE FUNCTION pagos_cierre_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.dia >= (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date THEN
        RAISE EXCEPTION 'el día % no terminó', NEW.dia USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.dia <> (SELECT max(dia) + 1 FROM pagos_cierre) THEN
        RAISE EXCEPTION 'los cierres van día por día' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_cierre_guardia BEFORE INSERT ON pagos_cierre
    FOR EACH ROW EXECUTE FUNCTION pagos_cierre_guardia();
CREATE FUNCTION pagos_cierre_cuadra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT cantidad FROM pagos_cierre WHERE dia = NEW.dia)
       <> (SELECT coalesce(sum(cantidad), 0) FROM pagos_cierre_bloque WHERE dia = NEW.dia) THEN
        RAISE EXCEPTION 'el cierre % no cuadra con sus bloques', NEW.dia USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pagos_cierre_cuadra AFTER INSERT ON pagos_cierre
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pagos_cierre_cuadra();
CREATE TRIGGER pagos_cierre_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON pagos_cierre
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_cierre_bloque_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON pagos_cierre_bloque
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
-- Blocks come with their closing, in its transaction, and never after.
CREATE FUNCTION pagos_cierre_bloque_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pagos_cierre c WHERE c.dia = NEW.dia
                   AND c.xmin = pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION 'el cierre % ya está hecho', NEW.dia USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_cierre_bloque_guardia BEFORE INSERT ON pagos_cierre_bloque
    FOR EACH ROW EXECUTE FUNCTION pagos_cierre_bloque_guardia();
"""

REGLA = """
CREATE TABLE pagos_regla_velocidad (
    id UUID NOT NULL,
    ventana_min SMALLINT NOT NULL,
    pagos_max SMALLINT NOT NULL,
    nuevas_max SMALLINT NOT NULL,
    vigente_desde TIMESTAMPTZ NOT NULL,
    norma VARCHAR(300) NOT NULL,
    CONSTRAINT pk_pagos_regla_velocidad PRIMARY KEY (id),
    CONSTRAINT uq_pagos_regla_velocidad_vigente_desde UNIQUE (vigente_desde),
    CONSTRAINT ck_pagos_regla_velocidad_valores CHECK (
        ventana_min BETWEEN 1 AND 1440 AND pagos_max BETWEEN 1 AND 10000 AND nuevas_max BETWEEN 1 AND 10000),
    CONSTRAINT ck_pagos_regla_velocidad_norma CHECK (norma <> '')
);
INSERT INTO pagos_regla_velocidad (id, ventana_min, pagos_max, nuevas_max, vigente_desde, norma) VALUES (
    '018cc251-f400-7000-8000-000000000010', 60, 15, 8, '2020-01-01 00:00:00-04',
    'Regla inicial de la plataforma: más de 15 pagos, o a más de 8 cuentas nuevas, en 60 minutos');
CREATE TRIGGER pagos_regla_velocidad_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON pagos_regla_velocidad
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();

CREATE TABLE pagos_verificacion (
    id UUID NOT NULL,
    pedida_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    pedida_por UUID,
    hecha_en TIMESTAMPTZ,
    hasta_numero BIGINT,
    fallas JSONB,
    CONSTRAINT pk_pagos_verificacion PRIMARY KEY (id),
    CONSTRAINT ck_pagos_verificacion_hecha CHECK (
        (hecha_en IS NULL) = (fallas IS NULL) AND (hecha_en IS NULL) = (hasta_numero IS NULL)
        AND jsonb_typeof(fallas) = 'array')
);
CREATE INDEX ix_pagos_verificacion_hecha ON pagos_verificacion (hecha_en, id) WHERE hecha_en IS NOT NULL;
CREATE INDEX ix_pagos_verificacion_espera ON pagos_verificacion (pedida_en, id) WHERE hecha_en IS NULL;
CREATE FUNCTION pagos_verificacion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.hecha_en IS NOT NULL OR OLD.pedida_en IS DISTINCT FROM NEW.pedida_en THEN
        RAISE EXCEPTION 'una verificación hecha no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_verificacion_guardia BEFORE UPDATE ON pagos_verificacion
    FOR EACH ROW EXECUTE FUNCTION pagos_verificacion_guardia();
CREATE TRIGGER pagos_verificacion_sin_borrar BEFORE DELETE ON pagos_verificacion
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""


def upgrade() -> None:
    for bloque in (CONGELAMIENTO, SOLICITUD, CIERRE, REGLA):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    op.execute("DROP TRIGGER pagos_cuenta_congelada ON pagos_cuenta")
    op.execute("DROP INDEX ix_pagos_transferencia_creada_en")
    for funcion in (
        "pagos_congelar",
        "pagos_descongelar",
        "pagos_cuenta_congelada",
    ):
        op.execute(f"DROP FUNCTION {funcion}")
    for tabla in ("verificacion", "regla_velocidad", "cierre_bloque", "cierre", "solicitud", "congelamiento"):
        op.execute(f"DROP TABLE pagos_{tabla}")
    for funcion in (
        "verificacion_guardia",
        "cierre_bloque_guardia",
        "cierre_cuadra",
        "cierre_guardia",
        "solicitud_guardia",
        "congelamiento_aplicar",
        "congelamiento_guardia",
    ):
        op.execute(f"DROP FUNCTION pagos_{funcion}")
