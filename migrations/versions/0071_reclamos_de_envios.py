"""Claims about shipments: rules, decisions, what is owed once; who supervises postal operators."""

from pathlib import Path

from alembic import op

revision = "0071_reclamos_de_envios"
down_revision = "0070_espera_y_eleccion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_vida", "03_guardas", "04_datos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was decided and is owed would be forgotten")
