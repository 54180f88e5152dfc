"""Reverse fair: the rules of contracting as dated values of a norm's modality, and what each process was born with."""

from pathlib import Path

from alembic import op

revision = "0123_reglas_con_fecha"
down_revision = "0122_promociones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_reglas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a modality would forget its other values")
