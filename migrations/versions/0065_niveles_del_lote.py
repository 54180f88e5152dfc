"""A batch reads the limits of each level once, not each time that the next wallet is of another."""

from pathlib import Path

from alembic import op

revision = "0065_niveles_del_lote"
down_revision = "0064_frecuentes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    # As it is: no parameters, so that a percent sign in a function stays one.
    op.get_bind().exec_driver_sql(
        (SQL / "01_transferir.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """The function stays: it does the same."""
