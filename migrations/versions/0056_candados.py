"""Reserves, effects of the bank, saved cards and levels of people: what the application's role may not invent."""

from pathlib import Path

from alembic import op

revision = "0056_candados"
down_revision = "0055_palabras_partidas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_reservas", "02_banco", "03_tarjetas", "04_abrir"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was refused would pass again")
