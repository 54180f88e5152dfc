"""Budget is certified by who may pay for the entity and committed by who may buy for it, and what decides names them."""

from pathlib import Path

from alembic import op

revision = "0196_quien_compromete"
down_revision = "0195_vueltas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_libro.sql", "02_feria.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("budget would be committed by any mandate again")
