"""Market: who buys is a party, a citizen or a unit by whoever may buy for it."""

from pathlib import Path

from alembic import op

revision = "0098_partes_de_compra"
down_revision = "0097_unicos_sin_nulos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_partes", "02_uso"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what units bought would be nobody's")
