"""Market: what was agreed is done, what ended ended for something, and what is told a bank is of that claim."""

from pathlib import Path

from alembic import op

revision = "0171_lo_que_consta"
down_revision = "0170_informes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_acuerdos.sql", "02_dinero.sql", "03_banco.sql", "04_abiertos.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who writes could agree for others")
