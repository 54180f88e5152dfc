"""What the application's role may not rewrite: what an item is and whose, whose a signed-in browser is."""

from pathlib import Path

from alembic import op

revision = "0091_columnas_de_envios"
down_revision = "0090_cobertura_de_tarifas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_columnas.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was refused would pass again")
