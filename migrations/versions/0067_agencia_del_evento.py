"""Shipments: an event may say at which agency of who speaks it happened."""

from pathlib import Path

from alembic import op

revision = "0067_agencia_del_evento"
down_revision = "0066_eventos_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_agencia.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("where an event happened would be lost")
