"""Market: of which line what a claim gave back came, so that it is not given back twice."""

from pathlib import Path

from alembic import op

revision = "0116_devuelto_por_linea"
down_revision = "0115_decisiones_que_se_cumplen"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_devoluciones.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("what claims gave back of each line would be given back again")
