"""Shipments: what the recipient chooses, how long an item waits for them, where it goes on the map."""

from pathlib import Path

from alembic import op

revision = "0070_espera_y_eleccion"
down_revision = "0069_prueba_de_entrega"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_espera_y_eleccion.sql").read_text(encoding="utf-8"),
        execution_options={"no_parameters": True},
    )


def downgrade() -> None:
    raise NotImplementedError("what was chosen is not kept elsewhere")
