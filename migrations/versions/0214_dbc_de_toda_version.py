"""Reverse fair: a process has as many DBC as versions."""

from pathlib import Path

from alembic import op

revision = "0214_dbc_de_toda_version"
down_revision = "0213_vueltas_firmes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_versiones.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a process may have more versions than that")
