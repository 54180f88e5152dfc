"""Reverse fair: what ended deserted is not cancelled, and who won does not contest what they won."""

from pathlib import Path

from alembic import op

revision = "0226_fines_de_la_feria"
down_revision = "0225_invitaciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ARCHIVOS = ("01_vidas.sql", "02_impugnaciones.sql")


def upgrade() -> None:
    for archivo in ARCHIVOS:
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a process that ended would be cancelled again")
