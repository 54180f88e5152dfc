"""The mailbox: notices with a kind, effect and group; a mark of reading needs its proof; daily summary and feed."""

from pathlib import Path

from alembic import op

revision = "0021_buzon"
down_revision = "0020_vidas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_avisos", "02_resumen"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """The kinds stay: what was notified with effect keeps it."""
