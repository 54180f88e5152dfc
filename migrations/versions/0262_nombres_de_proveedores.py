"""Reverse fair: suppliers of the history by their plain names."""

from pathlib import Path

from alembic import op

revision = "0262_nombres_de_proveedores"
down_revision = "0261_actas_en_la_constancia"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_nombres.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_feria_mercado_item_proveedor_llano; DROP FUNCTION feria_nombre_llano(text)")
