"""Market: what comes back is asked of what was delivered, and who changed their mind and has it again gets nothing."""

from pathlib import Path

from alembic import op

revision = "0213_vueltas_firmes"
down_revision = "0212_reclamo_sin_rendir"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_guardas", "02_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a claim may have ended so")
