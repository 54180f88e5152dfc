"""Market: what who bought and who sells write to each other about an order."""

from pathlib import Path

from alembic import op

revision = "0120_mensajes_de_pedidos"
down_revision = "0119_busquedas_congeladas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_mensajes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what people wrote would be forgotten")
