"""Shipments: bags, manifests, differences on arrival, rounds of the day."""

from pathlib import Path

from alembic import op

revision = "0073_despachos"
down_revision = "0072_identificadores"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_tablas.sql", "02_guardas.sql", "03_incidencia.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what travelled in which bag is not kept elsewhere")
