"""The same ledger in every database: those that came to 0014 before a29a94e judged the limit of speed with functions
four times dearer. The whole texts are loaded again; where they are already these, nothing changes."""

from pathlib import Path

from alembic import op

revision = "0016_libro_entero"
down_revision = "0015_alias"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("04_expreso", "05_transferir"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The functions stay: they judge as before, sooner."""
