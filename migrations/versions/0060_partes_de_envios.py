"""Shipments: who sends and who receives are parties of the registry."""

from pathlib import Path

from alembic import op

revision = "0060_partes_de_envios"
down_revision = "0059_operadores"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_partes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a party may be somebody without an account")
