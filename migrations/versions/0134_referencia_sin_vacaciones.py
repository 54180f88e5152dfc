"""Market: what nobody could buy, its seller being away, was sold at no price that a promotion is compared with."""

from pathlib import Path

from alembic import op

revision = "0134_referencia_sin_vacaciones"
down_revision = "0133_decisiones_firmes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_referencia.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a price that nobody could pay would count")
