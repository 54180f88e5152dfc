"""Reverse fair: a sealed bid says which envelope it is, and what could not be read has its remedy."""

from pathlib import Path

from alembic import op

revision = "0176_sobres_que_constan"
down_revision = "0175_lo_que_se_debe"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_huella_del_sobre.sql", "02_remedios.sql", "03_partes.sql", "04_una_vez.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("which envelope came would be lost")
