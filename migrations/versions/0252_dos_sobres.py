"""Reverse fair: a call may take bids in two envelopes, and what each costs is opened in a second act."""

from pathlib import Path

from alembic import op

revision = "0252_dos_sobres"
down_revision = "0251_puja_ligera"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_proceso", "02_llaves", "03_sobres", "04_actas", "05_ofertas", "06_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was sealed in two envelopes would be read in one act")
