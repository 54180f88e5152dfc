"""Market: who sold what a card paid says to the bank that claims it why it is right; the platform answers for them."""

from pathlib import Path

from alembic import op

revision = "0161_responder_al_banco"
down_revision = "0160_contra_entrega"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_pruebas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was said to a bank would be forgotten")
