"""Reverse fair: a group of holders is what its people rehearsed, and ends when it can open no more."""

from pathlib import Path

from alembic import op

revision = "0182_depositarios"
down_revision = "0181_actas_que_cuentan"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_grupos.sql", "02_llaves.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who lost their secret would be forgotten")
