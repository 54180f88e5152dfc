"""Who grants a joint mandate may be one of the group."""

from pathlib import Path

from alembic import op

revision = "0038_grupos"
down_revision = "0037_lecturas_por_oficina"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_grupos",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what a group was given stays")
