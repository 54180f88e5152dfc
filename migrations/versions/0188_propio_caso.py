"""Reverse fair: who administers alone is asked of the registry."""

from pathlib import Path

from alembic import op

revision = "0188_propio_caso"
down_revision = "0187_plan"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_propio_caso.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the fair would read a table of the registry")
