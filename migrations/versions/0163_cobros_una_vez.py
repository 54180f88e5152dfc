"""Post: what was collected at the door of an order enters its custody once, whoever hands it over and when."""

from pathlib import Path

from alembic import op

revision = "0163_cobros_una_vez"
down_revision = "0162_lugares"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_una_vez.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an order could be paid for twice")
