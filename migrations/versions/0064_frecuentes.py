"""Whom one sends to often is read from the ledger; whom one forgot, from here."""

from pathlib import Path

from alembic import op

revision = "0064_frecuentes"
down_revision = "0063_codigos_de_persona"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_olvidado.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE pagos_destinatario_olvidado")
