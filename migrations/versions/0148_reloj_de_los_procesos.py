"""Reverse fair: time alone takes a process on: it is opened, decided, and what was awarded is let go."""

from pathlib import Path

from alembic import op

revision = "0148_reloj_de_los_procesos"
down_revision = "0147_recibir_y_pagar"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_reloj.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a process that nobody opens would wait for ever again")
