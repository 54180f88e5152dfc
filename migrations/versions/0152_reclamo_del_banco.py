"""Market: what a card paid and its bank claims waits in custody for the bank; what is missing is owed by who paid."""

from pathlib import Path

from alembic import op

revision = "0152_reclamo_del_banco"
down_revision = "0151_impugnaciones"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for parte in ("01_disputas.sql", "02_custodia.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / parte).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what a bank claims would be paid to who sold")
