"""What the application's role may not rewrite: identities, cards, payments by card that ended, rules of the past."""

from pathlib import Path

from alembic import op

revision = "0062_columnas_que_viven"
down_revision = "0061_notas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_columnas", "02_tarjetas", "03_reglas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was refused would pass again")
