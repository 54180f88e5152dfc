"""Reverse fair: an order grows within a certificate in force; how many changes and guarantees it has."""

from pathlib import Path

from alembic import op

revision = "0242_crecer_con_certificado"
down_revision = "0241_partida_de_item"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_certificado.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("orders would grow without a certificate again")
