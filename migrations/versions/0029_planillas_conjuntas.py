"""Batch payments wait for signatures as joint acts; those presented and waiting become acts."""

from pathlib import Path

from alembic import op

revision = "0029_planillas_conjuntas"
down_revision = "0028_actos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_planillas",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a batch that waits for signatures keeps waiting for them")
