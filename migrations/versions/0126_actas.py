"""Reverse fair: acts with number, frozen content and digest; the opening is the first."""

from pathlib import Path

from alembic import op

revision = "0126_actas"
down_revision = "0125_vidas_de_la_feria"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_actas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an act would be computed live again")
