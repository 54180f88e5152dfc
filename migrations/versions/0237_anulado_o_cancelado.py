"""Reverse fair: annulled is one thing and cancelled another."""

from pathlib import Path

from alembic import op

revision = "0237_anulado_o_cancelado"
down_revision = "0236_precios_pasados"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_cierre.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("which were annulled would be lost")
