"""Reserves of money; up to where each account's changes were told; a wallet for every citizen."""

from pathlib import Path

from alembic import op

revision = "0045_reservas"
down_revision = "0044_archivos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_reservas", "02_cambios", "03_billeteras"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.execute("DROP TABLE pagos_cambio_avisado")
    op.execute("DROP TABLE pagos_reserva")
    op.execute("DROP FUNCTION pagos_reserva_como_el_libro()")
