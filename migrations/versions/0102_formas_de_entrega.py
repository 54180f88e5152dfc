"""Market: what was bought goes by post, is picked up at the seller's, or is taken by the seller."""

from pathlib import Path

from alembic import op

revision = "0102_formas_de_entrega"
down_revision = "0101_confianza"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_formas", "02_vida"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was handed over without a shipment would be nowhere")
