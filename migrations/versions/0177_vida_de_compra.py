"""Reverse fair: a purchase from the catalogue goes back with its order, is of that order, and stays as it was decided."""

from pathlib import Path

from alembic import op

revision = "0177_vida_de_compra"
down_revision = "0176_sobres_que_constan"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_pedido.sql", "02_compra.sql", "03_reversion.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("purchases that went back with their order would not be of any state")
