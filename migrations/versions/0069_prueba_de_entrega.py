"""Proof of delivery: who received, in what relation, where, with photo and signature. Append-only."""

from pathlib import Path

from alembic import op

revision = "0069_prueba_de_entrega"
down_revision = "0068_admision"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_prueba.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("who received is not kept elsewhere")
