"""An admission declared wrong after its postage was settled is an incident."""

from pathlib import Path

from alembic import op

revision = "0075_admision_corregida"
down_revision = "0074_portes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_clase",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the incidents of that kind would be lost")
