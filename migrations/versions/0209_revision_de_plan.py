"""Reverse fair: each change of an annual plan is a revision, so that nobody writes over another's."""

from pathlib import Path

from alembic import op

revision = "0209_revision_de_plan"
down_revision = "0208_listas_de_feria"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_revision.sql", "02_guardas.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("two people could write over each other's change")
