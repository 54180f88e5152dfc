"""Reverse fair: what a report stands upon stays, and a recusal says whose case it is when it is presented."""

from pathlib import Path

from alembic import op

revision = "0191_sobres_y_papeles"
down_revision = "0190_ganado_bien"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_actas.sql", "02_recusaciones.sql", "03_depositarios.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("whose case a recusal was would be forgotten")
