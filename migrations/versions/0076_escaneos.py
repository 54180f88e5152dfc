"""Shipments: what telephones read, with both clocks."""

from pathlib import Path

from alembic import op

revision = "0076_escaneos"
down_revision = "0075_admision_corregida"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_escaneos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what telephones read would be lost")
