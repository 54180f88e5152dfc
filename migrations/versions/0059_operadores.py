"""Postal operators: agencies with their hours, who works in each, and where each service arrives."""

from pathlib import Path

from alembic import op

revision = "0059_operadores"
down_revision = "0058_tarifas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_operadores.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who worked where is not kept elsewhere")
