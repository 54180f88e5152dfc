"""Market: nothing is reserved that nobody waits for, and no term of an order moves without its reason."""

from pathlib import Path

from alembic import op

revision = "0183_razones"
down_revision = "0182_depositarios"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_apartado.sql", "02_plazos.sql", "03_contacto.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who writes could hold stock for nobody, and end any term")
