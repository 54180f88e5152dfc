"""Reverse fair: the executing units of an entity, and the CUCE that a process already has."""

from pathlib import Path

from alembic import op

revision = "0154_unidades_ejecutoras"
down_revision = "0153_calendario_del_proceso"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_codigos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("whose process a CUCE is would no longer be known")
