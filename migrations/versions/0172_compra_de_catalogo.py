"""Reverse fair: what a public entity buys from the catalogue, with its evidence and its budget."""

from pathlib import Path

from alembic import op

revision = "0172_compra_de_catalogo"
down_revision = "0171_lo_que_consta"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_compras.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what an entity bought would be lost")
