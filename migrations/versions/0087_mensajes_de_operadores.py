"""Shipments: what an operator's program says is kept before it is judged, and tried again by itself."""

from pathlib import Path

from alembic import op

revision = "0087_mensajes_de_operadores"
down_revision = "0086_palabra_de_quien_recibe"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_mensajes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE envios_mensaje")
    op.execute("DELETE FROM nucleo_plazo WHERE codigo IN ('envios.reintentar_mensaje', 'envios.resolver_mensaje')")
