"""Reverse fair: why something is deserted is one of a list."""

from pathlib import Path

from alembic import op

revision = "0238_causa_de_desierta"
down_revision = "0237_anulado_o_cancelado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_causa.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the causes that were said would be lost")
