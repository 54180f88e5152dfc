"""Market: an order takes what is held at once; a search is evidence of a purchase for some days."""

from pathlib import Path

from alembic import op

revision = "0180_sostenidas_ordenadas"
down_revision = "0179_papeles_firmes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_estados.sql", "02_evidencia.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("which offers an order had would be lost")
