"""Webhooks: two secrets while one is changed, the end of what does not answer, every try of a delivery."""

from pathlib import Path

from alembic import op

revision = "0031_webhooks"
down_revision = "0030_uso_rapido"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_webhooks.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """What was tried stays written."""
