"""A person is paid by QR."""

from pathlib import Path

from alembic import op

revision = "0063_codigos_de_persona"
down_revision = "0062_columnas_que_viven"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_codigo.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE pagos_codigo_de_persona")
    op.execute("DROP FUNCTION pagos_codigo_solo_se_anula")
