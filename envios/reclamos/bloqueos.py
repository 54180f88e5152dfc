"""Locks of claims: the item's row first, then the claim's, in every act and sweep."""

from uuid import UUID

from sqlmodel import Session, col, select

from envios.items import bloquear_envio
from envios.items.modelos import Envio
from envios.reclamos.errores import ReclamoNoEncontrado
from envios.reclamos.modelos import Reclamo


def bloquear_reclamo(sesion: Session, reclamo_id: UUID) -> tuple[Reclamo, Envio]:
    """Both rows, locked and freshly read: what happens to the item waits. Raises `ReclamoNoEncontrado`."""
    envio_id = sesion.exec(select(Reclamo.envio_id).where(col(Reclamo.id) == reclamo_id)).one_or_none()
    if envio_id is None:
        raise ReclamoNoEncontrado()
    envio = bloquear_envio(sesion, envio_id)
    consulta = select(Reclamo).where(col(Reclamo.id) == reclamo_id).with_for_update()
    return sesion.exec(consulta.execution_options(populate_existing=True)).one(), envio
