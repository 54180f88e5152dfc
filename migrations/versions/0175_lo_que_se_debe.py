"""Market: what an entity received conform is not claimed, and its debt ends only when the ledger paid it."""

from pathlib import Path

from alembic import op

revision = "0175_lo_que_se_debe"
down_revision = "0174_metodos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_guardas.sql", "02_sostenido.sql", "03_certificaciones.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("debts could be erased without having been paid")
