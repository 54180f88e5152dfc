"""Shipments: admission at a counter as measured, the quote an item was announced by, collections at the door."""

from pathlib import Path

from alembic import op

revision = "0068_admision"
down_revision = "0067_agencia_del_evento"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was measured and paid at counters would be lost")
