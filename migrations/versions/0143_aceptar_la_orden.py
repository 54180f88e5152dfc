"""Reverse fair: who won accepts its order, or it falls and what was ordered is decided again."""

from pathlib import Path

from alembic import op

revision = "0143_aceptar_la_orden"
down_revision = "0142_una_vez_y_de_quien"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_orden.sql", "02_guardas.sql", "03_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("an order that fell would bind again")
