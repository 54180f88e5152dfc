"""Market: what is paid of an order is lines, each with who pays it; its commission is one of them."""

from pathlib import Path

from alembic import op

revision = "0099_cargos_de_pedido"
down_revision = "0098_partes_de_compra"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_cargos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("charges that are neither goods nor commission would be lost")
