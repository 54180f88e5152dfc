"""Transparency: the tables of open data; what was published before goes into the public log."""

from pathlib import Path

from alembic import op

revision = "0257_datos_abiertos"
down_revision = "0256_alertas_de_mercado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_tabla.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE transparencia_tabla")
