"""Shipments: the terms of items, annulments, manifests, rounds and readings are dated rows, and so is how often
a door is tried.
"""

from pathlib import Path

from alembic import op

revision = "0084_terminos_de_envios"
down_revision = "0083_prorroga_una_vez"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_terminos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE envios_regla_de_intentos")
    op.execute("DELETE FROM nucleo_plazo WHERE id::text LIKE '018f0000-0000-7000-8000-00000d1e84%'")
