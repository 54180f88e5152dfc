"""Reverse fair: what stands awarded keeps a certificate."""

from pathlib import Path

from alembic import op

revision = "0227_certificado_firme"
down_revision = "0226_fines_de_la_feria"
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
    raise NotImplementedError("what stands awarded would be left without its certificate again")
