"""Reverse fair: what an act of a quick quotation may not tell is looked for where it names, not in texts."""

from pathlib import Path

from alembic import op

revision = "0254_actas_que_nombran"
down_revision = "0253_cotizacion_rapida"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_actas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("a text would keep its process from being opened")
