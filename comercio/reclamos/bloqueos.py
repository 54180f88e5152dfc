"""Locks of claims: the order's row first, then the claim's, in every act and sweep."""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.pedidos import bloquear_pedido
from comercio.reclamos.errores import ReclamoNoEncontrado
from comercio.reclamos.modelos import Cambio, Reclamo


def bloquear_reclamo(sesion: Session, reclamo_id: UUID) -> tuple[Reclamo, Pedido]:
    """Both rows, locked and freshly read. Raises `ReclamoNoEncontrado`."""
    pedido_id = sesion.exec(select(Reclamo.pedido_id).where(col(Reclamo.id) == reclamo_id)).one_or_none()
    if pedido_id is None:
        raise ReclamoNoEncontrado()
    pedido = bloquear_pedido(sesion, pedido_id)
    reclamo = sesion.get_one(Reclamo, reclamo_id, with_for_update={"key_share": True}, populate_existing=True)
    return reclamo, pedido


def bloquear_cambio(sesion: Session, reclamo_id: UUID) -> Cambio | None:
    """The exchange of a claim that the caller has locked, if there is one."""
    return sesion.get(Cambio, reclamo_id, with_for_update={"key_share": True}, populate_existing=True)
