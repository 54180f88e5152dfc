"""The sweep: each unit that sold is counted once a day, until last midnight. It may run twice at once."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica

# Ten minutes after midnight what happened before it has been written.
_POR_CONTAR = text(
    """
    SELECT u.id FROM (SELECT DISTINCT vendedor_id AS id FROM comercio_producto) u
    LEFT JOIN comercio_reputacion r ON r.unidad_id = u.id
    WHERE coalesce(r.hasta, '-infinity') < comercio_reputacion_corte(nucleo_ahora() - interval '10 minutes')
      AND (r.clase IN ('buena', 'mala') OR EXISTS (
          SELECT FROM comercio_pedido p WHERE p.vendedor_id = u.id
          AND p.creado_en > nucleo_ahora() - interval '366 days'))
    ORDER BY u.id
    """
)
_CONTAR = text("SELECT comercio_recalificar(:unidad)")


@periodica("comercio.contar_reputacion", cada=1800)
def contar_reputacion() -> int:
    """How many units were counted."""
    with transaccion() as sesion:
        unidades = list(sesion.connection().execute(_POR_CONTAR).scalars())
    return cada_uno(unidades, recalificar)


def recalificar(sesion: Session, unidad_id: UUID) -> bool:
    return bool(sesion.connection().execute(_CONTAR, {"unidad": unidad_id}).scalar_one())
