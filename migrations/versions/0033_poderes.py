"""Mandates are offered and accepted, say by which mandates they were given and never hold more than they; a revocation
may be brought forward; offices say which of their people serve which client."""

from pathlib import Path

from alembic import op

revision = "0033_poderes"
down_revision = "0032_plazo_de_devolucion"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_mandatos", "02_asignaciones"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was accepted stays accepted")
