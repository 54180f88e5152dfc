"""Cards: what a bank gives back is shared by what each order became, also what it took before that was noted."""

from pathlib import Path

from alembic import op

revision = "0190_ganado_bien"
down_revision = "0189_plazos_de_su_dia"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_disputas.sql", "02_comercio.sql", "03_de_antes.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError(
        "what a bank gave back would be shared by what its order was, not by what it became"
    )
