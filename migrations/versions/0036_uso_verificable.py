"""What the ledger's acts used of mandates, for the ledger to check against its transfers."""

from pathlib import Path

from alembic import op

revision = "0036_uso_verificable"
down_revision = "0035_recuperacion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_uso.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION registro_usos_del_libro(), registro_mandatos_que_suman()")
