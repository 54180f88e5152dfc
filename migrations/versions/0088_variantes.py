"""The market: a product is a ficha with variants, stock by place and by movements, and prices by quantity."""

from pathlib import Path

from alembic import op

revision = "0088_variantes"
down_revision = "0087_mensajes_de_operadores"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_datos.sql", "03_disparadores.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a product with several variants does not fit in one row")
