"""Market: who receives a gift follows it, and says that it came."""

from pathlib import Path

from alembic import op

revision = "0146_regalos"
down_revision = "0145_por_pagar"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_regalos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who receives a gift would be forgotten")
