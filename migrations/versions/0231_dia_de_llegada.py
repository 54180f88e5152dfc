"""Reverse fair: a reception says the day on which the goods arrived, and the delay is counted to it."""

from pathlib import Path

from alembic import op

revision = "0231_dia_de_llegada"
down_revision = "0230_dejadas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_entrega.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the day on which what was received arrived would be lost")
