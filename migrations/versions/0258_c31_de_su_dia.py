"""Reverse fair: the day of a C-31 is neither before what it pays was received nor to come."""

from pathlib import Path

from alembic import op

revision = "0258_c31_de_su_dia"
down_revision = "0257_datos_abiertos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_pagos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER feria_pago_de_su_dia ON feria_pago")
    op.execute("DROP FUNCTION feria_pago_de_su_dia()")
    op.execute("ALTER TABLE feria_pago DROP CONSTRAINT ck_feria_pago_fecha")
