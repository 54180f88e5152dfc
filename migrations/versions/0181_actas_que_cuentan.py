"""Reverse fair: an act of opening accounts for each bid, and an opening is whole or none."""

from pathlib import Path

from alembic import op

revision = "0181_actas_que_cuentan"
down_revision = "0180_sostenidas_ordenadas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_ofertas.sql", "02_apertura.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("why a bid could not count would be lost")
