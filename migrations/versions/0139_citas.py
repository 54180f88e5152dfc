"""Market: services with an appointment, in agendas of who sells."""

from pathlib import Path

from alembic import op

revision = "0139_citas"
down_revision = "0138_sin_lugar"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_citas", "02_vida", "03_guardas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was agreed would be forgotten")
