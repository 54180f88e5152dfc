"""Market: what each variant cost since when, and from how little on its seller is told."""

from pathlib import Path

from alembic import op

revision = "0109_precios_y_umbrales"
down_revision = "0108_preguntas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_precios", "02_umbrales"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what things cost would be forgotten")
