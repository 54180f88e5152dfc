"""Reverse fair: a bid in an auction reads what does not change once, and nothing of the other things of its process."""

from pathlib import Path

from alembic import op

revision = "0251_puja_ligera"
down_revision = "0250_meses_ocds"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_cantidades", "02_pujar"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what is auctioned would not say how much of it")
