"""A proof of reading of a unit's mailbox names its mandates, and the database judges them."""

from pathlib import Path

from alembic import op

revision = "0034_lecturas"
down_revision = "0033_poderes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lecturas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """What was proved stays as it is."""
