"""Orders: by how much of it each thing was earned, prices by quantity and free postage."""

from alembic import op

revision = "0229_condiciones"
down_revision = "0228_titulos_largos"
branch_labels = None
depends_on = None

VENDIDO = (
    "id, numero, compra_id, vendedor_id, comprador_parte_id, modalidad, total, peso_g, dias_de_elaboracion,"
    " forma, indicaciones"
)


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE comercio_pedido ADD gratis_desde bigint,
            ADD CONSTRAINT ck_comercio_pedido_gratis_desde CHECK (gratis_desde IS NULL OR gratis_desde > 0 AND forma IS NOT NULL);
        ALTER TABLE comercio_pedido_linea ADD precio_desde numeric(14, 4),
            ADD CONSTRAINT ck_comercio_pedido_linea_precio_desde
                CHECK (precio_desde > 0 AND precio_desde <= cantidad);
        """
    )
    _inmutable(f"{VENDIDO}, gratis_desde")


def downgrade() -> None:
    _inmutable(VENDIDO)
    op.execute(
        """
        ALTER TABLE comercio_pedido_linea DROP precio_desde;
        ALTER TABLE comercio_pedido DROP gratis_desde;
        """
    )


def _inmutable(columnas: str) -> None:
    op.execute("DROP TRIGGER comercio_pedido_venta_inmutable ON comercio_pedido")
    op.execute(
        f"CREATE TRIGGER comercio_pedido_venta_inmutable BEFORE UPDATE OF {columnas}"
        " ON comercio_pedido FOR EACH ROW EXECUTE FUNCTION comercio_inmutable()"
    )
