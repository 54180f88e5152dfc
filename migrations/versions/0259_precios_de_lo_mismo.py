"""Reverse fair: prices of what is alike, in clusters."""

from pathlib import Path

from alembic import op

revision = "0259_precios_de_lo_mismo"
down_revision = "0258_c31_de_su_dia"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_lo_mismo.sql", "02_racimos.sql", "03_lo_de_antes.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "99_vuelta.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )
