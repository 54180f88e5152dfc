"""The checks on totals of lines hold for every row, old ones too: a tie may have gone either way."""

from alembic import op

revision = "0047_totales_de_lineas"
down_revision = "0046_banco"
branch_labels = None
depends_on = None

# A check that is not valid cannot be reflected by what compares models and database.
SQL = """
ALTER TABLE feria_item DROP CONSTRAINT ck_feria_item_total_referencial;
ALTER TABLE feria_item ADD CONSTRAINT ck_feria_item_total_referencial CHECK (
    total_referencial >= 0 AND abs(total_referencial - cantidad * precio_referencial * 100) <= 0.5
);
ALTER TABLE pagos_orden_linea DROP CONSTRAINT ck_pagos_orden_linea_subtotal;
ALTER TABLE pagos_orden_linea ADD CONSTRAINT ck_pagos_orden_linea_subtotal CHECK (
    subtotal >= 0 AND abs(subtotal - cantidad * precio * 100) <= 0.5
);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SQL, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("the former checks were not valid for every row")
