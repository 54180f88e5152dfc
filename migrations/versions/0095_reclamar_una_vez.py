"""Market: of one order each reason is claimed once, and none once the authority decided."""

from pathlib import Path

from alembic import op

revision = "0095_reclamar_una_vez"
down_revision = "0094_compra_propia"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_guarda.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("money would be held again without end")
