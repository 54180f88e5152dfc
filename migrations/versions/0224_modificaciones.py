"""Reverse fair: an order in force changes by modifications that both parties sign."""

from pathlib import Path

from alembic import op

revision = "0224_modificaciones"
down_revision = "0223_release_por_acto"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_guardas.sql", "03_vidas.sql", "04_reglas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what both parties signed would be lost")
