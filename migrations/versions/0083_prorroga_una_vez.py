"""Shipments: more time to collect an item is given once, and never taken back."""

from pathlib import Path

from alembic import op

revision = "0083_prorroga_una_vez"
down_revision = "0082_entrega_provisional"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_prorroga.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("it would be given twice")
