"""Reverse fair: the history of the State's purchases, as SICOES tells it."""

from pathlib import Path

from alembic import op

revision = "0233_historia"
down_revision = "0232_plurales"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_historia.sql", "02_guardas.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the history would be lost")
