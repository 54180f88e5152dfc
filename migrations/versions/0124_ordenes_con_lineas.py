"""Reverse fair: a purchase order has lines of its own, each of one award."""

from pathlib import Path

from alembic import op

revision = "0124_ordenes_con_lineas"
down_revision = "0123_reglas_con_fecha"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lineas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("orders of one supplier would be one again")
