"""Market: a purchase may be paid by a QR that any wallet reads, once, straight into the custody of its orders."""

from pathlib import Path

from alembic import op

revision = "0158_pagar_por_qr"
down_revision = "0157_acuerdos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_qr.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who paid a purchase would be forgotten")
