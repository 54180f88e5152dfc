"""Reverse fair: a process and each of its items have a life of their own, and decisions are only added."""

from pathlib import Path

from alembic import op

revision = "0125_vidas_de_la_feria"
down_revision = "0124_ordenes_con_lineas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_decisiones.sql", "02_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("an award that fell would be in force again")
