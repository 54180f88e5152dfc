"""Reverse fair: an index of the list of closed processes."""

from pathlib import Path

from alembic import op

revision = "0243_listas_de_la_feria"
down_revision = "0242_crecer_con_certificado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_indices.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.execute("DROP INDEX ix_feria_convocatoria_cerradas")
