"""Market: promotions and coupons, the price that one may be compared with, and what discounts each line had."""

from pathlib import Path

from alembic import op

revision = "0122_promociones"
down_revision = "0121_favoritos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_vidas", "03_funciones", "04_pedidos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was sold for less would seem to have been paid in full")
