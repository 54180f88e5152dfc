"""Commissions: one dated table for every operation that pays one, and the commission of a withdrawal frozen
on it. The market's rates move here; a rule is never edited, a new one replaces it from its date on."""

from alembic import op

revision = "0012_comisiones"
down_revision = "0011_empresas"
branch_labels = None
depends_on = None

COMISIONES = """
CREATE TABLE pagos_comision (
    id UUID NOT NULL,
    operacion VARCHAR(8) NOT NULL,
    tasa_pb INTEGER NOT NULL,
    fijo BIGINT NOT NULL,
    minimo BIGINT NOT NULL,
    maximo BIGINT,
    impuesto_pb INTEGER NOT NULL,
    vigente_desde TIMESTAMPTZ NOT NULL,
    norma VARCHAR(300) NOT NULL,
    CONSTRAINT pk_pagos_comision PRIMARY KEY (id),
    CONSTRAINT uq_pagos_comision_operacion_vigente_desde UNIQUE (operacion, vigente_desde),
    CONSTRAINT ck_pagos_comision_operacion CHECK (operacion IN ('retiro', 'venta')),
    CONSTRAINT ck_pagos_comision_tasa CHECK (tasa_pb BETWEEN 0 AND 3000 AND impuesto_pb BETWEEN 0 AND 3000),
    CONSTRAINT ck_pagos_comision_limites CHECK (
        fijo >= 0 AND minimo >= 0 AND (maximo IS NULL OR maximo >= greatest(minimo, fijo))),
    CONSTRAINT ck_pagos_comision_norma CHECK (norma <> '')
);
CREATE TRIGGER pagos_comision_inmutable BEFORE UPDATE OR DELETE ON pagos_comision
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

INSERT INTO pagos_comision
SELECT id, 'venta', tasa_pb, 0, minimo, maximo, impuesto_pb,
       vigente_desde::timestamp AT TIME ZONE 'America/La_Paz', norma
FROM comercio_tasa_comision;
INSERT INTO pagos_comision VALUES
    ('018f0000-0000-7000-8000-000000001201', 'retiro', 0, 0, 0, NULL, 1300, '2020-01-01 04:00:00+00',
     'Regla inicial del servicio de pago: retirar no tiene comisión.');

ALTER TABLE comercio_pedido_comision DROP CONSTRAINT fk_comercio_pedido_comision_tasa_id;
ALTER TABLE comercio_pedido_comision ADD CONSTRAINT fk_comercio_pedido_comision_tasa_id
    FOREIGN KEY (tasa_id) REFERENCES pagos_comision (id);
DROP TABLE comercio_tasa_comision;
"""

# What exists was asked for when nothing was charged.
RETIROS = """
ALTER TABLE pagos_retiro
    ADD COLUMN comision BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN comision_id UUID NOT NULL DEFAULT '018f0000-0000-7000-8000-000000001201',
    ADD CONSTRAINT fk_pagos_retiro_comision_id FOREIGN KEY (comision_id) REFERENCES pagos_comision (id),
    ADD CONSTRAINT ck_pagos_retiro_comision CHECK (comision BETWEEN 0 AND monto);
ALTER TABLE pagos_retiro ALTER COLUMN comision DROP DEFAULT, ALTER COLUMN comision_id DROP DEFAULT;

-- What the bank returns after it was paid is a state of its own, so that the money goes back.
ALTER TABLE pagos_retiro
    DROP CONSTRAINT ck_pagos_retiro_estado, DROP CONSTRAINT ck_pagos_retiro_terminado,
    DROP CONSTRAINT ck_pagos_retiro_lote, DROP CONSTRAINT ck_pagos_retiro_motivo,
    ADD CONSTRAINT ck_pagos_retiro_estado CHECK (
        estado IN ('pedido', 'en_lote', 'pagado', 'rechazado', 'cancelado', 'devuelto')),
    ADD CONSTRAINT ck_pagos_retiro_terminado CHECK (
        (estado IN ('pagado', 'rechazado', 'cancelado', 'devuelto')) = (terminado_en IS NOT NULL)),
    ADD CONSTRAINT ck_pagos_retiro_lote CHECK (
        CASE WHEN estado IN ('en_lote', 'pagado', 'devuelto') THEN lote_id IS NOT NULL
             WHEN estado IN ('pedido', 'cancelado') THEN lote_id IS NULL ELSE true END),
    ADD CONSTRAINT ck_pagos_retiro_motivo CHECK (
        (estado IN ('rechazado', 'devuelto')) = (motivo IS NOT NULL));

CREATE OR REPLACE FUNCTION pagos_retiro_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'pedido' THEN
            RAISE EXCEPTION 'un retiro nace pedido, no %', NEW.estado USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - '{estado,lote_id,motivo,terminado_en}'::text[])
       IS DISTINCT FROM (to_jsonb(NEW) - '{estado,lote_id,motivo,terminado_en}'::text[])
       OR (OLD.lote_id IS NOT NULL AND OLD.lote_id IS DISTINCT FROM NEW.lote_id) THEN
        RAISE EXCEPTION 'lo que se pidió retirar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado OR NOT (CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('en_lote', 'rechazado', 'cancelado')
        WHEN 'en_lote' THEN NEW.estado IN ('pagado', 'rechazado')
        WHEN 'pagado' THEN NEW.estado IN ('devuelto')
        ELSE false END) THEN
        RAISE EXCEPTION 'un retiro no pasa de % a %', OLD.estado, NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# Back to the market's own table; a rule ends when the next one begins.
ATRAS = """
CREATE TABLE comercio_tasa_comision (
    id UUID NOT NULL,
    tasa_pb INTEGER NOT NULL,
    minimo BIGINT NOT NULL,
    maximo BIGINT,
    impuesto_pb INTEGER NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    norma VARCHAR(300) NOT NULL,
    CONSTRAINT pk_comercio_tasa_comision PRIMARY KEY (id)
);
INSERT INTO comercio_tasa_comision
SELECT id, tasa_pb, minimo, maximo, impuesto_pb, (vigente_desde AT TIME ZONE 'America/La_Paz')::date,
       (lead(vigente_desde) OVER (ORDER BY vigente_desde) AT TIME ZONE 'America/La_Paz')::date, norma
FROM pagos_comision WHERE operacion = 'venta';
ALTER TABLE comercio_pedido_comision DROP CONSTRAINT fk_comercio_pedido_comision_tasa_id;
ALTER TABLE comercio_pedido_comision ADD CONSTRAINT fk_comercio_pedido_comision_tasa_id
    FOREIGN KEY (tasa_id) REFERENCES comercio_tasa_comision (id);
ALTER TABLE pagos_retiro DROP CONSTRAINT ck_pagos_retiro_comision, DROP COLUMN comision, DROP COLUMN comision_id;
DROP TABLE pagos_comision;
"""


def upgrade() -> None:
    for bloque in (COMISIONES, RETIROS):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    op.get_bind().exec_driver_sql(ATRAS, execution_options={"no_parameters": True})
