"""Reverse fair: the documents of a process, by versions."""

from pathlib import Path

from alembic import op

revision = "0201_documentos"
down_revision = "0200_quien_recibe"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_documentos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what an entity published would be lost")
