"""Telephones are kept in E.164."""

from pathlib import Path

from alembic import op

revision = "0052_telefonos"
down_revision = "0051_guardas_y_alertas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_telefonos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("how a telephone was typed is not kept")
