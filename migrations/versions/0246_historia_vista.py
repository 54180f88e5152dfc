"""Reverse fair: an index of the lines of history that repeat another."""

from pathlib import Path

from alembic import op

revision = "0246_historia_vista"
down_revision = "0245_subasta_por_rondas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_indice.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.execute("DROP INDEX ix_feria_historia_linea_otra")
