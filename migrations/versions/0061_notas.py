"""What a payment is for, written with it by who makes it."""

from pathlib import Path

from alembic import op

revision = "0061_notas"
down_revision = "0060_partes_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_nota.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE pagos_nota")
    op.execute("DROP FUNCTION pagos_nota_con_su_pago")
