"""Market: a claim whose money the bank of a card took ends by what the bank did, in its words."""

from pathlib import Path

from alembic import op

revision = "0197_reclamos_y_bancos"
down_revision = "0196_quien_compromete"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lado.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what banks ended would be of nobody")
