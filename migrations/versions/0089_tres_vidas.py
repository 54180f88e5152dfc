"""Market: an order, its parcels, its service and its money are lives of their own; money in accounts by order."""

from pathlib import Path

from alembic import op

revision = "0089_tres_vidas"
down_revision = "0088_variantes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_custodia", "02_paquetes", "03_vidas", "04_guardas", "05_plazos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("money in accounts by order does not go back to pending transfers")
