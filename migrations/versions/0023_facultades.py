"""To see a unit's inside, to submit, to sign and to read its mailbox are faculties of their own, and a mandate holds
from its acceptance on; what exists follows the written rule."""

from pathlib import Path

from alembic import op

revision = "0023_facultades"
down_revision = "0022_calendario"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_facultades.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    raise NotImplementedError("nobody is taken a faculty back")
