"""Market: a purchase may wait for the money of a card, which enters the custody of its orders once."""

from pathlib import Path

from alembic import op

revision = "0145_por_pagar"
down_revision = "0144_compra_ligera"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tabla.sql", "02_vidas.sql", "03_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("purchases that wait for their money would lose it")
