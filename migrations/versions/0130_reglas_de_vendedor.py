"""Market: what each kind of seller may sell, up to how much, with which documents: dated rows."""

from pathlib import Path

from alembic import op

revision = "0130_reglas_de_vendedor"
down_revision = "0129_ofertas_sostenidas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_tablas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was asked of sellers would be forgotten")
