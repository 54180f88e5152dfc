"""Market: postage is a charge of the order, by the rate of who carries it or as its seller says."""

from pathlib import Path

from alembic import op

revision = "0128_portes"
down_revision = "0127_serie_nacional"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_cobro", "02_dinero"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("postage that was paid would be nobody's")
