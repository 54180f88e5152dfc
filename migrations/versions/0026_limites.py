"""Limits of a mandate by day and month with what was used of them, and the ledger that judges the mandate it is given."""

from pathlib import Path

from alembic import op

revision = "0026_limites"
down_revision = "0025_clientes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
TEXTOS = ("01_uso", "02_juzgar", "03_libro", "04_expreso", "05_transferir", "06_vencer")


def upgrade() -> None:
    for texto in TEXTOS:
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The functions stay: they judge more, and older code does not pass what is new."""
