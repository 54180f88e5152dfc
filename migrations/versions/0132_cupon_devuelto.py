"""Market: the database too gives a coupon's use back only when all that it was used for was cancelled."""

from pathlib import Path

from alembic import op

revision = "0132_cupon_devuelto"
down_revision = "0131_cambios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_guarda.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a use could be given back by hand")
