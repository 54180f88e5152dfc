"""Market: price and quantity of a variant held for a public entity until a date."""

from pathlib import Path

from alembic import op

revision = "0129_ofertas_sostenidas"
down_revision = "0128_portes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_tablas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what is reserved would lose its reason")
