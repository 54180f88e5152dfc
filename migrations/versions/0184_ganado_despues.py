"""Cards: a bank that gives back what it took is heard, and the money goes to whose it was."""

from pathlib import Path

from alembic import op

revision = "0184_ganado_despues"
down_revision = "0183_razones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_disputas.sql", "02_vida.sql", "03_comercio.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what a bank gave back would be nobody's")
