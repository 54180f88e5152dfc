"""Reverse fair: a process names the budget certificate that covers it."""

from pathlib import Path

from alembic import op

revision = "0216_proceso_certificado"
down_revision = "0215_reclamo_plazos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_proceso.sql",)


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what covers each process would be lost")
