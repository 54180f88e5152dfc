"""Reverse fair: an act of each award, every act in the public log, and how many sealed bids a closing left."""

from pathlib import Path

from alembic import op

revision = "0261_actas_en_la_constancia"
down_revision = "0260_banderas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_adjudicacion", "02_hojas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("the log would tell of acts that are not there")
