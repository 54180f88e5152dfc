"""Limits for every level of identity and for each class of unit, as dated data."""

from pathlib import Path

from alembic import op

revision = "0054_limites_por_clase"
down_revision = "0053_nombre_pedido"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_limites", "02_abrir", "03_expreso"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was limited stays so")
