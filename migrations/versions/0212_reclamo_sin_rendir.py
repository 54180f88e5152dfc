"""Market: who paid at the door claims although its operator never handed the money over, which is then owed to them."""

from pathlib import Path

from alembic import op

revision = "0212_reclamo_sin_rendir"
down_revision = "0211_plan_dicho"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_cesion.sql", "02_vida.sql", "03_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what is owed to who bought would be owed to who sold")
