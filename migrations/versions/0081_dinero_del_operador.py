"""What came in and went out of a postal operator, each with its item."""

from pathlib import Path

from alembic import op

revision = "0081_dinero_del_operador"
down_revision = "0080_documento_de_busqueda"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_funcion.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION envios_dinero_del_operador(uuid, timestamptz, timestamptz)")
