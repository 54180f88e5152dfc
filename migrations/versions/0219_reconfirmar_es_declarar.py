"""Reverse fair: who reconfirms a bid declares what is in force."""

from pathlib import Path

from alembic import op

revision = "0219_reconfirmar_es_declarar"
down_revision = "0218_serie_sin_espera"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_reconfirmacion.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("some were made with a declaration")
