"""Reverse fair: who accepts an order says that they brought the guarantee that nobody wrote down."""

from pathlib import Path

from alembic import op

revision = "0220_garantia_dicha"
down_revision = "0219_reconfirmar_es_declarar"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_orden.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("some were accepted so")
