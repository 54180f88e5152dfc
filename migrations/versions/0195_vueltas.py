"""Market: who sold may ask for what is claimed before giving the money back; its shipment moves the claim."""

from pathlib import Path

from alembic import op

revision = "0195_vueltas"
down_revision = "0194_guardas_c31"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_vueltas", "02_vidas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what came back would be forgotten")
