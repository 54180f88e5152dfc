"""Alerts: saved searches that are told what is new, each object once."""

from pathlib import Path

from alembic import op

revision = "0027_alertas"
down_revision = "0026_limites"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_alertas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.drop_table("alertas_coincidencia")
    op.drop_table("alertas_alerta")
    op.execute("DROP FUNCTION alertas_no_vuelve()")
