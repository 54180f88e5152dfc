"""Shipments: what who receives said of an item is nobody's to correct, nor to keep out by taking its id."""

from pathlib import Path

from alembic import op

revision = "0086_palabra_de_quien_recibe"
down_revision = "0085_numero_de_pedido"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_guardas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("an operator could undo what a recipient said")
