"""Reverse fair: the serial of a CUCE is of the whole country."""

from pathlib import Path

from alembic import op

revision = "0127_serie_nacional"
down_revision = "0126_actas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_serie.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("serials would be given twice")
