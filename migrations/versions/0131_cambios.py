"""Market: an exchange answers a claim, with the same product in that variant or another one."""

from pathlib import Path

from alembic import op

revision = "0131_cambios"
down_revision = "0130_reglas_de_vendedor"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_cambios", "02_vidas", "03_guardas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was exchanged would be forgotten")
