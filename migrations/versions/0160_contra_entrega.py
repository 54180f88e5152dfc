"""Market: cash on delivery is a means of the checkout; what is collected enters the custody of its order."""

from pathlib import Path

from alembic import op

revision = "0160_contra_entrega"
down_revision = "0159_versiones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_cobros.sql", "02_vidas.sql", "03_guardas.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("orders that are paid at the door would have no money")
