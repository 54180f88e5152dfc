"""What several representatives sign together waits for their signatures, and is done once, by the last."""

from pathlib import Path

from alembic import op

revision = "0028_actos"
down_revision = "0027_alertas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_actos", "02_vida"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was signed together is not undone")
