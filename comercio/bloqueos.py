"""Row locks of this room, always in this order: cart, order, products by id; then the ledger's accounts.

`FOR NO KEY UPDATE` lets rows that refer to the locked one be inserted meanwhile.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import Session, col

from comercio.errores import PedidoNoEncontrado, ProductoNoEncontrado
from comercio.modelos import Carrito, Pedido, Producto


def carrito_de(sesion: Session, condicion: Any) -> Carrito | None:
    """The cart of a holder, if there is one. The cookie's before the person's, when both are."""
    consulta = select(Carrito).where(condicion).with_for_update()
    carrito: Carrito | None = sesion.execute(consulta).scalar_one_or_none()
    return carrito


def bloquear_producto(sesion: Session, producto_id: UUID) -> Producto:
    """The product, locked and fresh. Raises `ProductoNoEncontrado`."""
    consulta = select(Producto).where(col(Producto.id) == producto_id)
    producto: Producto | None = sesion.execute(_fresca(consulta)).scalar_one_or_none()
    if producto is None:
        raise ProductoNoEncontrado()
    return producto


def bloquear_productos(sesion: Session, ids: Iterable[UUID]) -> list[Producto]:
    """The products, locked in id order."""
    consulta = select(Producto).where(col(Producto.id).in_(list(ids))).order_by(col(Producto.id))
    return list(sesion.execute(_fresca(consulta)).scalars())


def productos_del_vendedor(sesion: Session, vendedor_id: UUID, condicion: Any) -> Sequence[UUID]:
    """The ids of those products of a seller that the condition finds, locked in id order."""
    consulta = select(col(Producto.id)).where(col(Producto.vendedor_id) == vendedor_id, condicion)
    return sesion.execute(consulta.order_by(col(Producto.id)).with_for_update(key_share=True)).scalars().all()


def bloquear_pedido(sesion: Session, pedido_id: UUID) -> Pedido:
    """The order, locked and fresh. Raises `PedidoNoEncontrado`."""
    consulta = select(Pedido).where(col(Pedido.id) == pedido_id)
    pedido: Pedido | None = sesion.execute(_fresca(consulta)).scalar_one_or_none()
    if pedido is None:
        raise PedidoNoEncontrado()
    return pedido


def _fresca(consulta: Select[Any]) -> Select[Any]:
    return consulta.with_for_update(key_share=True).execution_options(populate_existing=True)
