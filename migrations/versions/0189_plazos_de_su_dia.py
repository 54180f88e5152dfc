"""Market: terms of any unit hold, and a delivery declared wrong is judged by the term of its dispatch."""

from pathlib import Path

from alembic import op

revision = "0189_plazos_de_su_dia"
down_revision = "0188_propio_caso"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_plazos.sql", "02_apartar.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a delivery that was declared wrong could not be corrected")
