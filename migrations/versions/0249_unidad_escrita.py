"""Reverse fair: a unit of measure that is of no list is kept as it was written, in place of one of the list."""

from alembic import op

revision = "0249_unidad_escrita"
down_revision = "0248_rondas_juntas"
branch_labels = None
depends_on = None

ESCRITA = "CHECK (unidad_texto = btrim(unidad_texto) AND unidad_texto ~ '[[:alpha:]]')"
UNA = "CHECK (num_nonnulls(unidad_medida, unidad_texto) = 1)"
DEL_PLAN = "num_nonnulls(cantidad) = num_nonnulls(unidad_medida, unidad_texto)"
DE_ANTES = "num_nonnulls(cantidad, unidad_medida)"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE feria_item ALTER COLUMN unidad_medida DROP NOT NULL, ADD COLUMN unidad_texto VARCHAR(60),"
        f" ADD CONSTRAINT ck_feria_item_una_unidad {UNA},"
        f" ADD CONSTRAINT ck_feria_item_unidad_texto {ESCRITA}"
    )
    op.execute(
        "ALTER TABLE feria_orden_linea ALTER COLUMN unidad_medida DROP NOT NULL,"
        f" ADD COLUMN unidad_texto VARCHAR(60), ADD CONSTRAINT ck_feria_orden_linea_una_unidad {UNA}"
    )
    op.execute(
        "ALTER TABLE feria_plan_linea ADD COLUMN unidad_texto VARCHAR(60),"
        " DROP CONSTRAINT ck_feria_plan_linea_cantidad,"
        f" ADD CONSTRAINT ck_feria_plan_linea_cantidad CHECK (cantidad > 0 AND {DEL_PLAN}),"
        f" ADD CONSTRAINT ck_feria_plan_linea_unidad_texto {ESCRITA}"
    )
    op.execute("GRANT UPDATE (unidad_texto) ON feria_plan_linea TO qhatu_aplicacion")


def downgrade() -> None:
    """Refused while something is measured in a unit of no list."""
    op.execute(
        "ALTER TABLE feria_plan_linea DROP CONSTRAINT ck_feria_plan_linea_cantidad,"
        " ADD CONSTRAINT ck_feria_plan_linea_cantidad"
        f" CHECK (cantidad > 0 AND {DE_ANTES} = 2 OR {DE_ANTES} = 0), DROP COLUMN unidad_texto"
    )
    for tabla in ("feria_item", "feria_orden_linea"):
        op.execute(f"ALTER TABLE {tabla} ALTER COLUMN unidad_medida SET NOT NULL, DROP COLUMN unidad_texto")
