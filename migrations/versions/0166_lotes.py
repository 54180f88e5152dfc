"""Reverse fair: a process is awarded by item, by lot or as a whole; what was published is by item."""

from pathlib import Path

from alembic import op

revision = "0166_lotes"
down_revision = "0165_preguntas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_lotes.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the lots of what was published would be lost")
