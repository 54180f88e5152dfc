"""Reverse fair: an entity's annual plan of what it will contract, published by versions."""

from pathlib import Path

from alembic import op

revision = "0187_plan"
down_revision = "0186_con_que_se_paga"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_planes.sql", "02_guardas.sql", "03_regla.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what an entity published would be lost")
