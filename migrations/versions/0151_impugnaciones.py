"""Reverse fair: the decision on an item may be contested; the process stands still until it is resolved."""

from pathlib import Path

from alembic import op

revision = "0151_impugnaciones"
down_revision = "0150_mas_unidades_de_medida"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_impugnaciones.sql", "02_guardas.sql", "03_vidas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was contested would stand")
