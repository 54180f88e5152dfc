"""Reverse fair: a guarantee answers from its first day, its renewal leaves no gap, and a mistake is annulled."""

from pathlib import Path

from alembic import op

revision = "0217_garantias_firmes"
down_revision = "0216_proceso_certificado"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_guardas", "02_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("a guarantee may have been annulled")
