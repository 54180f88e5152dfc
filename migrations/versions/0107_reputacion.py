"""Market: how a unit does as a seller, counted by the database."""

from pathlib import Path

from alembic import op

revision = "0107_reputacion"
down_revision = "0106_opiniones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_contar"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what went wrong with orders would be forgotten")
