"""Reverse fair: the DBC of a call, written with each version of it."""

from pathlib import Path

from alembic import op

revision = "0202_dbc"
down_revision = "0201_documentos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_dbc.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the DBC of what was published would be lost")
