"""Budget as a second currency of the ledger: its accounts, its reasons and who may move it."""

from pathlib import Path

from alembic import op

revision = "0167_presupuesto"
down_revision = "0166_lotes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_cuentas", "02_expreso", "03_transferir"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was committed would be forgotten")
