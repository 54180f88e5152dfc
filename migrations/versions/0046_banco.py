"""What banks tell is kept by their own references, and what no rule settles waits for a person's decision."""

from pathlib import Path

from alembic import op

revision = "0046_banco"
down_revision = "0045_reservas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_vida", "03_lo_de_antes", "04_cierre"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what the bank's references told apart cannot be put together again")
