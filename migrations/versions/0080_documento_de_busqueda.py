"""The shop's search document: words of the title apart from their stems and from what else is said; how words sound; synonyms."""

from pathlib import Path

from alembic import op

revision = "0080_documento_de_busqueda"
down_revision = "0079_avisos_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_palabras.sql", "02_documento.sql", "03_sinonimos.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the earlier document ranked only the newest matches")
