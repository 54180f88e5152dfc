"""Market: when a seller is away."""

from pathlib import Path

from alembic import op

revision = "0110_vacaciones"
down_revision = "0109_precios_y_umbrales"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_vacaciones",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who was away could be bought from")
