"""Reverse fair: a published process changes by versions, and bids wait to be reconfirmed."""

from pathlib import Path

from alembic import op

revision = "0159_versiones"
down_revision = "0158_pagar_por_qr"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_versiones.sql", "02_procesos.sql", "03_ofertas.sql", "04_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the versions of what was published would be lost")
