"""Reverse fair: what was said at the table is an act."""

from pathlib import Path

from alembic import op

revision = "0240_mesa"
down_revision = "0239_orden_o_contrato"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_actas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was said would be lost")
