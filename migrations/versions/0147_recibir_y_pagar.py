"""Reverse fair: what was ordered is delivered, received by line, paid and closed; nothing paid that was not received."""

from pathlib import Path

from alembic import op

revision = "0147_recibir_y_pagar"
down_revision = "0146_regalos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_tablas.sql", "02_guardas.sql", "03_vidas.sql", "04_datos.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was received and paid would be forgotten")
