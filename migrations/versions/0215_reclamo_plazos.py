"""Market: whoever must speak in a claim has their whole term from when it is their turn, also if it is not written again."""

from pathlib import Path

from alembic import op

revision = "0215_reclamo_plazos"
down_revision = "0214_dbc_de_toda_version"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_plazos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a claim may run so")
