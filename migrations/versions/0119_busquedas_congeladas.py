"""Market: what the shop answered to a search, frozen by a public entity as evidence."""

from pathlib import Path

from alembic import op

revision = "0119_busquedas_congeladas"
down_revision = "0118_denuncia_vista"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_tabla.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("evidence would be forgotten")
