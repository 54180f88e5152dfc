"""Market: the custody of an order holds money, or what a public entity committed of its budget."""

from pathlib import Path

from alembic import op

revision = "0169_garantia"
down_revision = "0168_certificaciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_vidas.sql", "03_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("orders that hold a commitment would have no money")
