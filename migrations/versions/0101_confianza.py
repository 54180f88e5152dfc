"""Market: rules of sale, reports about products, what the authority takes off sale and its appeal."""

from pathlib import Path

from alembic import op

revision = "0101_confianza"
down_revision = "0100_cargas_de_productos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_guardas", "03_vidas", "04_reglas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was reported and decided would be forgotten")
