"""Reverse fair: units are told of what fits them."""

from pathlib import Path

from alembic import op

revision = "0225_invitaciones"
down_revision = "0224_modificaciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_invitaciones.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who was told of what would be lost")
