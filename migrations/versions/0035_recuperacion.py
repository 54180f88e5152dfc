"""The authority gives a unit back to somebody: two officials, notice, a waiting time, the right to object."""

from pathlib import Path

from alembic import op

revision = "0035_recuperacion"
down_revision = "0034_lecturas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_recuperacion.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE registro_recuperacion")
