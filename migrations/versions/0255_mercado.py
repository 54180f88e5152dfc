"""Reverse fair: the market of the State, history, plans and processes together."""

from pathlib import Path

from alembic import op

revision = "0255_mercado"
down_revision = "0254_actas_que_nombran"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_mercado.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute(
        "DROP TABLE feria_mercado_recuento, feria_mercado_cuenta, feria_mercado_archivo, feria_mercado_item,"
        " feria_mercado_proceso"
    )
