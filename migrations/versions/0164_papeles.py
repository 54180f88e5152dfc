"""Reverse fair: who holds each role of contracting, and recusals."""

from pathlib import Path

from alembic import op

revision = "0164_papeles"
down_revision = "0163_cobros_una_vez"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_papeles.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who held which role would be lost")
