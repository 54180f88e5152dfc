"""Shipments: a delivery without network waits for its recipient when its code was not right."""

from pathlib import Path

from alembic import op

revision = "0082_entrega_provisional"
down_revision = "0081_dinero_del_operador"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_provisional.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("deliveries without their code would be lost")
