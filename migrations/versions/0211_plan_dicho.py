"""Reverse fair: a process keeps what the plan said of it when it was begun."""

from pathlib import Path

from alembic import op

revision = "0211_plan_dicho"
down_revision = "0210_plan_cuanto_y_donde"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_dicho.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what the plan said of each process would be lost")
