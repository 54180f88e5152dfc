"""Shipments: an item is asked for by several numbers; the designated operator is a quality."""

from pathlib import Path

from alembic import op

revision = "0072_identificadores"
down_revision = "0071_reclamos_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_identificadores.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an item would lose its other numbers")
