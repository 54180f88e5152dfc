"""The market: a decision of the authority ends by who resolves its appeal or by its term, never otherwise;
what was withdrawn keeps its codes free when it is taken off sale; refusals of an order say which they are."""

from pathlib import Path

from alembic import op

revision = "0115_decisiones_que_se_cumplen"
down_revision = "0114_novedades_de_productos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_intervenciones", "02_codigos", "03_pedidos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("decisions could be lifted by nobody")
