"""Reverse fair: an auction may be held by rounds, each bidder in their turn."""

from pathlib import Path

from alembic import op

revision = "0245_subasta_por_rondas"
down_revision = "0244_archivos_de_ofertas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_reglas", "02_turnos", "03_pujar", "04_fin"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was bid by turns would be unbound")
