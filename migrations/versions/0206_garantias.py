"""Reverse fair: what answers for an order, with its dates, its renewals and what the norm asks for."""

from pathlib import Path

from alembic import op

revision = "0206_garantias"
down_revision = "0205_otra_vez"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_garantias.sql", "02_guardas.sql", "03_vidas.sql", "04_reglas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what answers for an order would be lost")
