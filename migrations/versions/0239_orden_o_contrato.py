"""Reverse fair: an order is one thing, a contract another."""

from pathlib import Path

from alembic import op

revision = "0239_orden_o_contrato"
down_revision = "0238_causa_de_desierta"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_regla.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("processes were born with it")
