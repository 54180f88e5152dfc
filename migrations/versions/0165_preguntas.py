"""Reverse fair: questions about a call, and their answers."""

from pathlib import Path

from alembic import op

revision = "0165_preguntas"
down_revision = "0164_papeles"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_preguntas.sql", "02_vida.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was asked and answered would be lost")
