"""Competences of the authorities, the dated list of norms, and rectification as an entry of its own."""

from pathlib import Path

from alembic import op

revision = "0039_competencias"
down_revision = "0038_grupos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_tablas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    """Every official of an authority decides everything again."""
    op.execute("DROP TABLE registro_competencia, registro_norma CASCADE")
    op.execute("DROP FUNCTION registro_competencia_guardia, registro_norma_guardia")
