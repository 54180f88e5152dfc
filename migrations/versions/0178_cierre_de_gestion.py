"""Reverse fair: whoever has something committed of a year that ends is told before."""

from pathlib import Path

from alembic import op

revision = "0178_cierre_de_gestion"
down_revision = "0177_vida_de_compra"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_certificaciones.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who was told that a year ends would be lost")
