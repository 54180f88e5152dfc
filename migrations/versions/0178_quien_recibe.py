"""Reverse fair: an entity names who receives what it buys from the catalogue."""

from pathlib import Path

from alembic import op

revision = "0178_quien_recibe"
down_revision = "0177_vida_de_compra"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_papeles.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who receives for an entity would be of no process")
