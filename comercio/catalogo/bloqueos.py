"""Row locks of products, in id order: after those of carts and orders, before the ledger's accounts; and of
places of dispatch, after those of products.

The lock of a product is that of its variants, prices and stock too: who writes any of them takes it first.
`FOR NO KEY UPDATE` lets rows that refer to the locked one be inserted meanwhile.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from comercio.catalogo.errores import LugarNoEncontrado, ProductoNoEncontrado
from comercio.catalogo.modelos import Existencia, LugarDeDespacho, Producto, Variante
from nucleo.filas import IDS


def bloquear_producto(sesion: Session, producto_id: UUID) -> Producto:
    """The product, locked and fresh. Raises `ProductoNoEncontrado`."""
    producto = sesion.get(Producto, producto_id, with_for_update={"key_share": True}, populate_existing=True)
    if producto is None:
        raise ProductoNoEncontrado()
    return producto


def bloquear_de_variantes(sesion: Session, ids: Iterable[UUID]) -> None:
    """Lock the products of these variants, in id order."""
    sesion.execute(_DE_VARIANTES, {"ids": list(ids)}).all()


def bloquear_de_existencias(sesion: Session, ids: Iterable[UUID]) -> None:
    """Lock the products whose stock these rows are, in id order."""
    sesion.execute(_DE_EXISTENCIAS, {"ids": list(ids)}).all()


def _bloqueo(productos: Any) -> Any:
    consulta = select(col(Producto.id)).where(col(Producto.id).in_(productos)).order_by(col(Producto.id))
    return consulta.with_for_update(key_share=True)


# Made once: building one costs more than asking it.
_DE_VARIANTES = _bloqueo(select(col(Variante.producto_id)).where(col(Variante.id).in_(IDS)))
_DE_EXISTENCIAS = _bloqueo(
    select(col(Variante.producto_id))
    .join(Existencia, col(Existencia.variante_id) == col(Variante.id))
    .where(col(Existencia.id).in_(IDS))
)


def bloquear_lugar(sesion: Session, lugar_id: UUID) -> LugarDeDespacho:
    """A place of dispatch, locked and fresh: whoever declares what it offers, closes it or moves stock there,
    one after the other. Raises `LugarNoEncontrado`."""
    lugar = sesion.get(LugarDeDespacho, lugar_id, with_for_update={"key_share": True}, populate_existing=True)
    if lugar is None:
        raise LugarNoEncontrado()
    return lugar


def productos_del_vendedor(sesion: Session, vendedor_id: UUID, condicion: Any) -> Sequence[UUID]:
    """The ids of those products of a seller that the condition finds, locked in id order."""
    consulta = select(col(Producto.id)).where(col(Producto.vendedor_id) == vendedor_id, condicion)
    return sesion.execute(consulta.order_by(col(Producto.id)).with_for_update(key_share=True)).scalars().all()
