"""Each life declared once: the same two triggers on every table with states, printed by its declaration, in place of a
copy of the steps in eleven functions. Products, orders, granted qualities and pending transfers get theirs."""

from pathlib import Path

from alembic import op

revision = "0020_vidas"
down_revision = "0019_dos_papeles"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_guardias", "02_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The lives stay: they refuse what was refused before."""
