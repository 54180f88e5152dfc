"""Reverse fair: the country's serial is a sequence, so that nobody waits for who publishes."""

from pathlib import Path

from alembic import op

revision = "0218_serie_sin_espera"
down_revision = "0217_garantias_firmes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_serie.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("numbers were given by it")
