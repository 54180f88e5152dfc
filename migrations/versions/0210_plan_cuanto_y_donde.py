"""Reverse fair: how much and where of each line of a plan; what is planned is looked for by index."""

from pathlib import Path

from alembic import op

revision = "0210_plan_cuanto_y_donde"
down_revision = "0209_revision_de_plan"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_linea.sql", "02_guardas.sql", "03_por_mes.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("how much and where each entity plans would be lost")
