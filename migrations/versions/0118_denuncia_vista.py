"""Market: a report keeps what the product said of itself when it was made."""

from pathlib import Path

from alembic import op

revision = "0118_denuncia_vista"
down_revision = "0117_ventas_que_cuentan"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_visto.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was seen would be forgotten")
