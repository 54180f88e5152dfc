"""Market: more words of shoppers, regional and of Quechua and Aymara, and what they are called on the shelf."""

from pathlib import Path

from alembic import op

revision = "0111_mas_sinonimos"
down_revision = "0110_vacaciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_sinonimos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """Words that no title has find nothing again."""
