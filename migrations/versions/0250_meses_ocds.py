"""Reverse fair: files of the open data, by month and entity."""

from pathlib import Path

from alembic import op

revision = "0250_meses_ocds"
down_revision = "0249_unidad_escrita"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_meses.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE feria_ocds_mes")
