"""Shipments: the promised day kept for who follows, and numbers that the systems of units follow."""

from pathlib import Path

from alembic import op

revision = "0077_seguimiento"
down_revision = "0076_escaneos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_seguimiento.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("units would no longer be told")
