"""Shipments: an item is asked for by the number of its order."""

from pathlib import Path

from alembic import op

revision = "0085_numero_de_pedido"
down_revision = "0084_terminos_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_numero.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.drop_column("envios_envio", "referencia_numero")
