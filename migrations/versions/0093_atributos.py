"""The market: what tells variants apart, by category, as data; pictures change places."""

from pathlib import Path

from alembic import op

revision = "0093_atributos"
down_revision = "0092_reclamos_de_compra"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_atributos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("variants say what they are by these")
