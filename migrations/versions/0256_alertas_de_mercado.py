"""Alerts: a weekly digest, a first one proposed to a unit; calls are found by the family of what they ask for."""

from pathlib import Path

from alembic import op

revision = "0256_alertas_de_mercado"
down_revision = "0255_mercado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_alertas",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what is told weekly would be told by nobody")
