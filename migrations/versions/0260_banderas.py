"""Reverse fair: red flags, and what entities answer to them."""

from pathlib import Path

from alembic import op

revision = "0260_banderas"
down_revision = "0259_precios_de_lo_mismo"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_banderas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute(
        "DROP TABLE feria_bandera_entidad, feria_bandera_proceso, feria_bandera_respuesta, feria_bandera"
    )
