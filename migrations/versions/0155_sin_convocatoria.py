"""Reverse fair: the modalities that SICOES names, and processes without a call."""

from pathlib import Path

from alembic import op

revision = "0155_sin_convocatoria"
down_revision = "0154_unidades_ejecutoras"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_modalidades.sql", "02_sin_convocatoria.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("processes without a call would have no deadline")
