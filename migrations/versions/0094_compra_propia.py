"""Market: nobody buys from a unit that they sell for."""

from pathlib import Path

from alembic import op

revision = "0094_compra_propia"
down_revision = "0093_atributos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_ajeno.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute(
        "DROP TRIGGER comercio_pedido_ajeno ON comercio_pedido; "
        "DROP FUNCTION comercio_pedido_ajeno(), registro_vende(uuid, uuid)"
    )
