"""Shipments: events of several operators, corrections, annulments asked for, incidents; one step back only by a correction."""

from pathlib import Path

from alembic import op

revision = "0066_eventos_de_envios"
down_revision = "0065_niveles_del_lote"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_eventos.sql", "02_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was declared wrong would count again")
