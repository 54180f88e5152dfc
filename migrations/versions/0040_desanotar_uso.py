"""The ledger asks the registry to undo what a failed chain took of a mandate, instead of naming its table."""

from pathlib import Path

from alembic import op

revision = "0040_desanotar_uso"
down_revision = "0039_competencias"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_uso", "02_transferir"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The functions stay: they do the same."""
