"""Postal operators: where a service arrives is what has a rate, and is written nowhere else."""

from pathlib import Path

from alembic import op

revision = "0090_cobertura_de_tarifas"
down_revision = "0089_tres_vidas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_cobertura.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what was written apart from the rates is gone")
