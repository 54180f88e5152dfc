"""Market: products that a person keeps to look at later."""

from pathlib import Path

from alembic import op

revision = "0121_favoritos"
down_revision = "0120_mensajes_de_pedidos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_favoritos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what people kept would be forgotten")
