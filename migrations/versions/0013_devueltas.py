"""An order paid in part may be annulled once everything it received was given back."""

from alembic import op

revision = "0013_devueltas"
down_revision = "0012_comisiones"
branch_labels = None
depends_on = None

# What went back: to wallets through pagos_devuelto, to cards through their refunds.
ADELANTE = """
ALTER TABLE pagos_orden DROP CONSTRAINT ck_pagos_orden_estado, ADD CONSTRAINT ck_pagos_orden_estado CHECK (
    CASE estado
        WHEN 'pendiente' THEN pagado = 0
        WHEN 'pagada_parcial' THEN pagado > 0 AND pagado < monto
        WHEN 'pagada' THEN pagado = monto
        WHEN 'vencida' THEN pagado < monto
        WHEN 'anulada' THEN pagado < monto
        ELSE false END);

CREATE FUNCTION pagos_orden_anulada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_devuelto BIGINT;
BEGIN
    IF OLD.estado = 'anulada' THEN
        RETURN NEW;
    END IF;
    IF OLD.estado NOT IN ('pendiente', 'pagada_parcial') THEN
        RAISE EXCEPTION 'una orden no pasa de % a anulada', OLD.estado USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT coalesce(sum(coalesce(d.devuelto, 0) + coalesce(
        (SELECT sum(r.monto) FROM pagos_reembolso r WHERE r.intento_id = p.id AND r.estado = 'hecho'), 0)), 0)
    INTO v_devuelto
    FROM pagos_pago p LEFT JOIN pagos_devuelto d ON d.transferencia_id = p.transferencia_id
    WHERE p.orden_id = NEW.id;
    IF v_devuelto < NEW.pagado THEN
        RAISE EXCEPTION 'una orden no se anula mientras tiene dinero de quien pagó'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_orden_anulada BEFORE UPDATE ON pagos_orden
    FOR EACH ROW WHEN (NEW.estado = 'anulada') EXECUTE FUNCTION pagos_orden_anulada();
"""

GUARDIA = """
DO $$
DECLARE
    v_cuerpo TEXT := pg_get_functiondef('pagos_orden_guardia()'::regprocedure);
BEGIN
    EXECUTE replace(v_cuerpo, '{antes}', '{despues}');
END $$;
"""
SIN = "WHEN ''pagada_parcial'' THEN NEW.estado IN (''pagada'', ''vencida'')"
CON = "WHEN ''pagada_parcial'' THEN NEW.estado IN (''pagada'', ''vencida'', ''anulada'')"

ATRAS = """
DROP TRIGGER pagos_orden_anulada ON pagos_orden;
DROP FUNCTION pagos_orden_anulada;
ALTER TABLE pagos_orden DROP CONSTRAINT ck_pagos_orden_estado, ADD CONSTRAINT ck_pagos_orden_estado CHECK (
    CASE estado
        WHEN 'pendiente' THEN pagado = 0
        WHEN 'pagada_parcial' THEN pagado > 0 AND pagado < monto
        WHEN 'pagada' THEN pagado = monto
        WHEN 'vencida' THEN pagado < monto
        WHEN 'anulada' THEN pagado = 0
        ELSE false END);
"""


def _correr(*bloques: str) -> None:
    for bloque in bloques:
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def upgrade() -> None:
    _correr(ADELANTE, GUARDIA.format(antes=SIN, despues=CON))


def downgrade() -> None:
    _correr(ATRAS, GUARDIA.format(antes=CON, despues=SIN))
