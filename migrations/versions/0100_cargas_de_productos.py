"""The market: files of products, laid down line by line and done a product at a time."""

from pathlib import Path

from alembic import op

revision = "0100_cargas_de_productos"
down_revision = "0099_cargos_de_pedido"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_vida", "03_palabras_largas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was taken in by file would be forgotten")
