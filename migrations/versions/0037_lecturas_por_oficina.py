"""A proof of reading through an office is of whom the office assigned to that client."""

from pathlib import Path

from alembic import op

revision = "0037_lecturas_por_oficina"
down_revision = "0036_uso_verificable"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lee_buzon.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """What was refused before stays refused."""
