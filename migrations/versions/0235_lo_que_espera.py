"""Reverse fair: what waits, by its term."""

from pathlib import Path

from alembic import op

revision = "0235_lo_que_espera"
down_revision = "0234_quien_en_pedidos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_termino.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the lists would read every process under way")
