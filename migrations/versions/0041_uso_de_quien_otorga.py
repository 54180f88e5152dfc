"""What is granted within a limit takes of it too."""

from pathlib import Path

from alembic import op

revision = "0041_uso_de_quien_otorga"
down_revision = "0040_desanotar_uso"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_uso",):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was granted stays within its limit")
