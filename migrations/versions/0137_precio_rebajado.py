"""Market: what a product costs with the promotions in force, kept for lists to filter and order by."""

from pathlib import Path

from alembic import op

revision = "0137_precio_rebajado"
down_revision = "0136_sostenidas_a_lo_menor"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_rebajado.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("lists would order by prices that nobody pays")
