"""Whoever acts by a mandate without limits pays for none: one lock says so, and a batch judges each authority once."""

from pathlib import Path

from alembic import op

revision = "0030_uso_rapido"
down_revision = "0029_planillas_conjuntas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_uso", "05_transferir"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The functions stay: they judge as before, sooner."""
