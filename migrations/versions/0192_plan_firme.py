"""Reverse fair: a process begins from a plan while its year lasts; what each version changed is read apart."""

from pathlib import Path

from alembic import op

revision = "0192_plan_firme"
down_revision = "0191_sobres_y_papeles"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_proceso.sql", "02_cambio.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a process could begin from the plan of a year that is over")
