"""Acts are done by all who signed, recoveries keep their times and objections, alerts of a unit are its own."""

from pathlib import Path

from alembic import op

revision = "0051_guardas_y_alertas"
down_revision = "0050_tarjetas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_guardas", "02_alertas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what the application's role may not write is not given back")
