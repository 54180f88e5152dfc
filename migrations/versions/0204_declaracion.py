"""Reverse fair: what who presents a bid declares."""

from pathlib import Path

from alembic import op

revision = "0204_declaracion"
down_revision = "0203_documentos_pedidos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_declaracion.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what who bid declared would be lost")
