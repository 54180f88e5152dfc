"""Reverse fair: who evaluated receives nothing, one excuses oneself once, and nobody is judge in their own case."""

from pathlib import Path

from alembic import op

revision = "0179_papeles_firmes"
down_revision = "0178_cierre_de_gestion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_papeles.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an excuse could be asked for again")
