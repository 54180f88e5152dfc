"""Reverse fair: what was deserted is called again and what was cancelled is published again, each item once."""

from pathlib import Path

from alembic import op

revision = "0205_otra_vez"
down_revision = "0204_declaracion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_vueltos.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("which process follows which would be lost")
