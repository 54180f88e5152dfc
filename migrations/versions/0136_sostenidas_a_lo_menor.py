"""Market: who uses an offer that is held pays what it costs then, if that is less."""

from alembic import op

revision = "0136_sostenidas_a_lo_menor"
down_revision = "0135_avisos_una_vez"
branch_labels = None
depends_on = None

GUARDAS = """
DROP TRIGGER comercio_oferta_sostenida_inmutable ON comercio_oferta_sostenida;
CREATE TRIGGER comercio_oferta_sostenida_inmutable
    BEFORE UPDATE OF id, entidad_id, entidad, vendedor_id, producto_id, variante_id, busqueda_id, titulo, sku,
        unidad_medida, cantidad, dias, persona_id, mandato_id, pedida_en
    ON comercio_oferta_sostenida FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_oferta_sostenida_precio BEFORE UPDATE ON comercio_oferta_sostenida FOR EACH ROW
    WHEN ((NEW.precio <> OLD.precio OR NEW.importe <> OLD.importe)
          AND (NEW.precio >= OLD.precio OR OLD.estado <> 'sostenida' OR NEW.estado <> 'usada'))
    EXECUTE FUNCTION comercio_inmutable();
GRANT UPDATE (precio, importe) ON comercio_oferta_sostenida TO qhatu_aplicacion;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(GUARDAS, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("what was paid for less would not be what its offer says")
