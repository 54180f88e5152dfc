"""Market: claims of who bought, which hold the money of the order until they end."""

from pathlib import Path

from alembic import op

revision = "0092_reclamos_de_compra"
down_revision = "0091_columnas_de_envios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_vida"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was claimed and decided would be forgotten")
