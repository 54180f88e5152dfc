"""Market: what comes back had left, a coupon took off what was charged, who bought writes for themselves."""

from pathlib import Path

from alembic import op

revision = "0142_una_vez_y_de_quien"
down_revision = "0141_escrito_una_vez"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_guardas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("stock could come back twice")
