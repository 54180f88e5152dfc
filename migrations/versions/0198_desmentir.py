"""Market: what a seller's silence took for paid may be denied in a term that is never short, and its C-31 corrected once."""

from pathlib import Path

from alembic import op

revision = "0198_desmentir"
down_revision = "0197_reclamos_y_bancos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("until when each payment may be denied would be lost")
