"""Reverse fair: each list goes by an index, whatever is asked of it."""

from pathlib import Path

from alembic import op

revision = "0208_listas_de_feria"
down_revision = "0207_subasta"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_indices.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("ALTER TABLE feria_convocatoria DROP CONSTRAINT ck_feria_convocatoria_borrador")
    for nombre in ("publicado", "departamento", "modalidad", "categoria", "cuce", "en_curso"):
        op.execute(f"DROP INDEX ix_feria_convocatoria_{nombre}")
