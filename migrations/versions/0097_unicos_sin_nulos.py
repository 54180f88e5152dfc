"""Shipments: what is so of few items is indexed of those alone."""

from pathlib import Path

from alembic import op

revision = "0097_unicos_sin_nulos"
down_revision = "0096_recojo_sin_paso"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_indices.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the model says so")
