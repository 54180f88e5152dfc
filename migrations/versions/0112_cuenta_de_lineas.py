"""Market: a line says what it weighs, and a parcel whether what it held is still the order's."""

from pathlib import Path

from alembic import op

revision = "0112_cuenta_de_lineas"
down_revision = "0111_mas_sinonimos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lineas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("units would be cancelled twice again")
