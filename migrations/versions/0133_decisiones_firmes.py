"""Reverse fair: what was done of a process stays done, whoever writes; what falls gives back what it used."""

from pathlib import Path

from alembic import op

revision = "0133_decisiones_firmes"
down_revision = "0132_cupon_devuelto"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_guardas.sql", "02_uso.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was done could be undone")
