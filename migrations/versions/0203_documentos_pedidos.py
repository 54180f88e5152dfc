"""Reverse fair: what a call asks to present besides the bid."""

from pathlib import Path

from alembic import op

revision = "0203_documentos_pedidos"
down_revision = "0202_dbc"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_pedidos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was asked of who bid would be lost")
