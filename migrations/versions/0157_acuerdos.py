"""Market: one side of an order asks to change it, the other one grants it or not."""

from pathlib import Path

from alembic import op

revision = "0157_acuerdos"
down_revision = "0156_origen_y_familias"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_acuerdos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what both sides agreed would be forgotten")
