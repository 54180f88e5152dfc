"""Fair: the id of a purchase that an entity asked for is not taken by anybody's purchase in the shop."""

from pathlib import Path

from alembic import op

revision = "0199_id_de_compra"
down_revision = "0198_desmentir"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_ids.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER feria_compra_reservada ON comercio_compra")
    op.execute("DROP TRIGGER feria_compra_de_su_id ON feria_compra_de_catalogo")
    op.execute("DROP FUNCTION feria_compra_reservada(), feria_compra_de_su_id(), comercio_hay_compra(uuid)")
