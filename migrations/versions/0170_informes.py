"""Reverse fair: the evaluation report is an act, before a process is decided."""

from pathlib import Path

from alembic import op

revision = "0170_informes"
down_revision = "0169_garantia"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_informes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was signed would be lost")
