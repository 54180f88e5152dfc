"""Reverse fair: an item says its object of expense."""

from pathlib import Path

from alembic import op

revision = "0241_partida_de_item"
down_revision = "0240_mesa"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_partida.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was said of items would be lost")
