"""Unit prices keep up to four decimals; a line's total is rounded half up, once, and is never nothing."""

from alembic import op

revision = "0043_precios_unitarios"
down_revision = "0042_poderes_guardados"
branch_labels = None
depends_on = None

# What was written before was rounded half to even and stays: hence NOT VALID. A bid that was sealed before may
# come to nothing when it is opened, and must open, so the total of its line keeps its old check.
SQL = """
ALTER TABLE feria_item
    DROP CONSTRAINT ck_feria_item_total_referencial,
    ALTER COLUMN precio_referencial TYPE NUMERIC(18, 4) USING precio_referencial::numeric / 100;
ALTER TABLE feria_item ADD CONSTRAINT ck_feria_item_total_referencial CHECK (
    total_referencial > 0 AND total_referencial = round(cantidad * precio_referencial * 100)
) NOT VALID;

ALTER TABLE feria_oferta_linea
    ALTER COLUMN precio_unitario TYPE NUMERIC(18, 4) USING precio_unitario::numeric / 100;

ALTER TABLE pagos_orden_linea
    DROP CONSTRAINT ck_pagos_orden_linea_subtotal,
    ALTER COLUMN precio TYPE NUMERIC(18, 4) USING precio::numeric / 100;
ALTER TABLE pagos_orden_linea ADD CONSTRAINT ck_pagos_orden_linea_subtotal CHECK (
    subtotal > 0 AND subtotal = round(cantidad * precio * 100)
) NOT VALID;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SQL, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("prices with four decimals do not fit in centavos")
