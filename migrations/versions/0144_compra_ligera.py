"""Market: what a sale must be is judged once for each order, and its stock is summed once."""

from pathlib import Path

from alembic import op

revision = "0144_compra_ligera"
down_revision = "0143_aceptar_la_orden"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_cargos", "02_existencias", "03_rebajas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("each charge would be judged apart again")
