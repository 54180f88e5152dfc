"""Reverse fair: a quick quotation, whose bidders have no name until it is decided."""

from pathlib import Path

from alembic import op

revision = "0253_cotizacion_rapida"
down_revision = "0252_dos_sobres"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_regla", "02_actas"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    raise NotImplementedError("what was decided of labels would be decided of nothing")
