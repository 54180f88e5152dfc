"""Market: where a good was made, as its seller declares it; the UNSPSC family of each category."""

from pathlib import Path

from alembic import op

revision = "0156_origen_y_familias"
down_revision = "0155_sin_convocatoria"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_origen.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what sellers declared would be forgotten")
