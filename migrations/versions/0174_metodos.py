"""Reverse fair: bids are compared by a method that the call says, and their evaluation is an act."""

from pathlib import Path

from alembic import op

revision = "0174_metodos"
down_revision = "0173_sobres"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_metodos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was evaluated would be lost")
