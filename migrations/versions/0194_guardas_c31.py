"""Market: no program writes the term in which silence answers a payment, nor says again the one that was denied."""

from pathlib import Path

from alembic import op

revision = "0194_guardas_c31"
down_revision = "0193_numero_de_certificacion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_lo_de_antes.sql", "02_compromiso.sql", "03_custodia.sql", "04_oferta.sql", "05_compra.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was answered of payments would be lost")
