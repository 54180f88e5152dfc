"""Reverse fair: a certificate that was annulled leaves its number to the true one."""

from pathlib import Path

from alembic import op

revision = "0193_numero_de_certificacion"
down_revision = "0192_plan_firme"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_numero.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("two certificates may have one number by then")
