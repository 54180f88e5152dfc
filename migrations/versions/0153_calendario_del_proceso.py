"""Reverse fair: acts fall on working days of the entity's place, and an entity's schedule of its process."""

from pathlib import Path

from alembic import op

revision = "0153_calendario_del_proceso"
down_revision = "0152_reclamo_del_banco"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_reglas.sql", "02_cronograma.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what an entity said of its process would be lost")
