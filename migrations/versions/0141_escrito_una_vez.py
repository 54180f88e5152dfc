"""Market: how a claim ended, in which shipment an exchange went, until when something was promised: once."""

from pathlib import Path

from alembic import op

revision = "0141_escrito_una_vez"
down_revision = "0140_cumplido_y_pagado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_una_vez.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was said could be said otherwise")
