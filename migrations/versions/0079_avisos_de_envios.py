"""Shipments: what each side of an item was told last."""

from pathlib import Path

from alembic import op

revision = "0079_avisos_de_envios"
down_revision = "0078_niveles_de_servicio"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_avisos.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("people would be told again")
