"""Reverse fair: the files that go with a bid, sealed as its prices are."""

from pathlib import Path

from alembic import op

revision = "0244_archivos_de_ofertas"
down_revision = "0243_listas_de_la_feria"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_archivos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what bidders brought would be lost")
