"""Reverse fair: budget certificates of the entities."""

from pathlib import Path

from alembic import op

revision = "0168_certificaciones"
down_revision = "0167_presupuesto"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_certificaciones.sql", "02_fin_de_gestion.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what an entity certified would be lost")
