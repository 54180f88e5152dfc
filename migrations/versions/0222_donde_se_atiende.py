"""Market: where people come to what is attended by appointment."""

from pathlib import Path

from alembic import op

revision = "0222_donde_se_atiende"
down_revision = "0221_subasta_firme"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lugar.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an order may say where")
