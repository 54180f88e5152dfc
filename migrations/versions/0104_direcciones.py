"""Market: the address book of who buys."""

from pathlib import Path

from alembic import op

revision = "0104_direcciones"
down_revision = "0103_regalos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_direcciones.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("addresses would be lost")
