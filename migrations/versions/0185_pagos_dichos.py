"""Market: what is said of a payment outside is kept row by row, and silence says nothing before its term."""

from pathlib import Path

from alembic import op

revision = "0185_pagos_dichos"
down_revision = "0184_ganado_despues"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_vida.sql", "03_guardas.sql", "04_compra.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was said of payments would be lost")
