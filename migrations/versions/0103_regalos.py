"""Market: a purchase may be a gift, with a message and no prices."""

from pathlib import Path

from alembic import op

revision = "0103_regalos"
down_revision = "0102_formas_de_entrega"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_regalos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was written for who receives would be lost")
