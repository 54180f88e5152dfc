"""Market: an entity says with what it pays; what its treasury does, no sweep takes from its account."""

from pathlib import Path

from alembic import op

revision = "0186_con_que_se_paga"
down_revision = "0185_pagos_dichos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what is left to the treasury would be paid twice")
