"""Cards that their holders let the gateway keep; what is answered to a claim; no refund of a disputed payment."""

from pathlib import Path

from alembic import op

revision = "0050_tarjetas"
down_revision = "0049_dialecto_de_planilla"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_guardias", "03_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what people agreed to and what was answered are kept")
