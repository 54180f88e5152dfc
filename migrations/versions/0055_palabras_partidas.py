"""What is joined by a slash is found by each of its words."""

from pathlib import Path

from alembic import op

revision = "0055_palabras_partidas"
down_revision = "0054_limites_por_clase"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_palabras.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the former documents of search lost words")
