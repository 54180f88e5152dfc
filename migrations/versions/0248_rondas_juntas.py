"""Reverse fair: an interruption of an auction by rounds takes the same time from each thing."""

from pathlib import Path

from alembic import op

revision = "0248_rondas_juntas"
down_revision = "0247_dejadas_y_de_acuerdo"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_prorrogar.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an interruption would take more from some than from others")
