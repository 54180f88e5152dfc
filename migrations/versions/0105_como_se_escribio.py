"""A tracker keeps its number as it was written."""

from pathlib import Path

from alembic import op

revision = "0105_como_se_escribio"
down_revision = "0104_direcciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_rastreador.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE envios_rastreador DROP COLUMN escrito")
