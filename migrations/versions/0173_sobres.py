"""Reverse fair: bids sealed to a key of their process, in parts that its holders keep."""

from pathlib import Path

from alembic import op

revision = "0173_sobres"
down_revision = "0172_compra_de_catalogo"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_llaves.sql", "02_guardas.sql", "03_ofertas.sql", "04_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what is sealed could not be opened")
