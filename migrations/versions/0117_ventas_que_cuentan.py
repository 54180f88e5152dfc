"""Market: what was received, or its seller spoiled, is what a seller is judged by."""

from pathlib import Path

from alembic import op

revision = "0117_ventas_que_cuentan"
down_revision = "0116_devuelto_por_linea"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_contar.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("purchases that were cancelled at once would count as sales again")
