"""Reverse fair: what an entity buys from the catalogue is received by whom it named, and by none who asked or decided."""

from pathlib import Path

from alembic import op

revision = "0200_quien_recibe"
down_revision = "0199_id_de_compra"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for archivo in ("01_papeles.sql", "02_conformidad.sql"):
        op.get_bind().exec_driver_sql(
            (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("who received what was bought would be lost")
