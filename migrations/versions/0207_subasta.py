"""Reverse fair: the electronic reverse auction, one continuous round over what is awarded at once."""

from pathlib import Path

from alembic import op

revision = "0207_subasta"
down_revision = "0206_garantias"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_reglas.sql", "02_proceso.sql", "03_subasta.sql", "04_pujar.sql", "05_fin.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was bid in auctions would be lost")
