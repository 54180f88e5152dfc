"""Reverse fair: a title of up to 1000 letters."""

from pathlib import Path

from alembic import op

revision = "0228_titulos_largos"
down_revision = "0227_certificado_firme"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_titulo.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("longer titles than fit would be there")
