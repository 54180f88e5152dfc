"""Market: a claim says of which lines it is, and carries evidence."""

from pathlib import Path

from alembic import op

revision = "0113_lineas_de_reclamo"
down_revision = "0112_cuenta_de_lineas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lineas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was claimed of each line would be lost")
