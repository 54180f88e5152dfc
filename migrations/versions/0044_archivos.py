"""A file belongs to the row of its owner, and the same bytes are kept once."""

from pathlib import Path

from alembic import op

revision = "0044_archivos"
down_revision = "0043_precios_unitarios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_archivos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the same bytes of two owners are two files")
