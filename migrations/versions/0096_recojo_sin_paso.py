"""A collection remembers whether somebody came; when nobody did, its fee goes back."""

from pathlib import Path

from alembic import op

revision = "0096_recojo_sin_paso"
down_revision = "0095_reclamar_una_vez"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_recojo.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("whether somebody came would be forgotten")
