"""Row locks of messages: before the operator's corrections and the items."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from envios.integraciones.errores import MensajeNoEncontrado
from envios.integraciones.modelos import MensajeDeOperador


def bloquear_mensajes(sesion: Session, ids: Collection[UUID]) -> list[MensajeDeOperador]:
    """These messages by id, freshly read."""
    consulta = (
        select(MensajeDeOperador)
        .where(col(MensajeDeOperador.id).in_(ids))
        .order_by(col(MensajeDeOperador.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta))


def bloquear_mensaje(sesion: Session, id: UUID) -> MensajeDeOperador:
    """Raises `MensajeNoEncontrado`."""
    filas = bloquear_mensajes(sesion, [id])
    if not filas:
        raise MensajeNoEncontrado()
    return filas[0]
