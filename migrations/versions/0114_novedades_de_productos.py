"""The market: what is new of a product that somebody waits for, and what people look for and do not find."""

from pathlib import Path

from alembic import op

revision = "0114_novedades_de_productos"
down_revision = "0113_lineas_de_reclamo"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_novedades", "02_vacias"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what somebody was told would be forgotten")
