"""The term to give a payment back joins the others; it now ends with its last day."""

from alembic import op

revision = "0032_plazo_de_devolucion"
down_revision = "0031_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, norma, nota, confirmado,
                                  vigente_desde, vigente_hasta)
        SELECT md5('pagos.devolucion ' || vigente_desde)::uuid, 'pagos.devolucion', 'Devolver un pago recibido', dias,
               'dias_calendario', 'dia_siguiente', false, norma, '', false, vigente_desde,
               lead(vigente_desde) OVER (ORDER BY vigente_desde)
        FROM pagos_plazo_devolucion
        """
    )
    op.execute("DROP TABLE pagos_plazo_devolucion")


def downgrade() -> None:
    """The term stays where it is now: nothing reads the table that it came from."""
