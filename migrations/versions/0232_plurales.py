"""The shop's search: a plural has the stem of its singular; documents, words and saved searches are read again."""

from pathlib import Path

from alembic import op

revision = "0232_plurales"
down_revision = "0231_dia_de_llegada"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_raiz.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("the stems of before left plurals without their singular")
