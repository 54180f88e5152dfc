"""Parties: a citizen, a unit, or a named third person without an account, whatever they take part in."""

from pathlib import Path

from alembic import op

revision = "0057_partes"
down_revision = "0056_candados"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_partes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE registro_parte")
