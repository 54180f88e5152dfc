"""Reverse fair: an auction is what its rules say, its act what was bid, and a notice moves what it found open."""

from pathlib import Path

from alembic import op

revision = "0221_subasta_firme"
down_revision = "0220_garantia_dicha"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_reglas", "02_actas", "03_nace", "04_pujar", "05_fin"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("acts and notices written since then would be unbound again")
