"""Market: whoever writes it, nothing is paid that was not received, no money waits without a claim, and what
went back is what the ledger says."""

from pathlib import Path

from alembic import op

revision = "0140_cumplido_y_pagado"
down_revision = "0139_citas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_dinero.sql", "02_entrega.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("an order could be paid that nobody received")
