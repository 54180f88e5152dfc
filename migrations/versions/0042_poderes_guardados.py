"""What the application's role could still write of mandates and joint acts, it no longer may; an assignment does not
outlive the mandate of who was assigned."""

from pathlib import Path

from alembic import op

revision = "0042_poderes_guardados"
down_revision = "0041_uso_de_quien_otorga"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_mandatos", "02_actos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    """What was refused before stays refused."""
