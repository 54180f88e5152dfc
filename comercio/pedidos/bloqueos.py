"""Row locks of orders: after carts, before their money, products (in id order) and the ledger's accounts. Who
has an order locked holds its parcels and its service too.
"""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO, PedidoNoEncontrado
from comercio.compra.modelos import Pedido, Servicio
from comercio.pedidos.modelos import Paquete


def bloquear_pedido(sesion: Session, pedido_id: UUID) -> Pedido:
    """The order, locked and fresh; one that was not paid is none. Raises `PedidoNoEncontrado`."""
    pedido = sesion.get(Pedido, pedido_id, with_for_update={"key_share": True}, populate_existing=True)
    if pedido is None or pedido.estado in SIN_PAGO:
        raise PedidoNoEncontrado()
    return pedido


def bloquear_sus_pedidos(sesion: Session, compra_id: UUID) -> list[Pedido]:
    """All the orders of a purchase, paid or not, locked in id order and fresh."""
    consulta = select(Pedido).where(col(Pedido.compra_id) == compra_id).order_by(col(Pedido.id))
    consulta = consulta.with_for_update(key_share=True)
    return list(sesion.exec(consulta.execution_options(populate_existing=True)))


def bloquear_pedidos(sesion: Session, vendedor_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of those that this seller sold, locked in id order."""
    suyos = (
        col(Pedido.vendedor_id) == vendedor_id,
        col(Pedido.id).in_(list(ids)),
        col(Pedido.estado).not_in(sorted(SIN_PAGO)),
    )
    consulta = select(Pedido.id, Pedido.numero).where(*suyos).order_by(col(Pedido.id))
    return dict(sesion.exec(consulta.with_for_update(key_share=True)).all())


def bloquear_paquete(sesion: Session, paquete_id: UUID) -> tuple[Paquete, Pedido]:
    """A parcel and its order, which was locked first."""
    pedido_id = sesion.exec(select(Paquete.pedido_id).where(col(Paquete.id) == paquete_id)).one()
    pedido = bloquear_pedido(sesion, pedido_id)
    return sesion.get_one(Paquete, paquete_id, populate_existing=True), pedido


def servicio_bloqueado(sesion: Session, pedido: Pedido) -> Servicio:
    """The service of an order that the caller has locked."""
    return sesion.get_one(Servicio, pedido.id, with_for_update={"key_share": True}, populate_existing=True)
