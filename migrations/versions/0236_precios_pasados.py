"""Reverse fair: what things alike were awarded for is found by their words."""

from pathlib import Path

from alembic import op

revision = "0236_precios_pasados"
down_revision = "0235_lo_que_espera"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_precios.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute(
        "DROP INDEX ix_feria_adjudicacion_de_item; DROP INDEX ix_feria_item_adjudicado;"
        " DROP FUNCTION feria_palabras(text)"
    )
