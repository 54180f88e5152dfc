"""Service levels of postal operators: a row an item, computed from its events."""

from pathlib import Path

from alembic import op

revision = "0078_niveles_de_servicio"
down_revision = "0077_seguimiento"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_niveles.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TABLE envios_nivel")
