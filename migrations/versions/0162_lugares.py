"""Market: a seller opens and closes places of dispatch, and moves stock between them."""

from pathlib import Path

from alembic import op

revision = "0162_lugares"
down_revision = "0161_responder_al_banco"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_lugares.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("where stock is would be forgotten")
