"""Reads of the catalogue: a product with its pictures, and what a seller has."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.errores import ProductoNoEncontrado
from comercio.estados import EstadoProducto
from comercio.modelos import Producto, ProductoFoto
from empresa_digital.registro import Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _

VISIBLES = (EstadoProducto.PUBLICADO, EstadoProducto.PAUSADO)


@dataclass(frozen=True, slots=True)
class Detalle:
    producto: Producto
    fotos: list[ProductoFoto]
    es_del_vendedor: bool


def detalle_de_producto(sesion: Session, producto_id: UUID, actor: Actor | None = None) -> Detalle:
    """A product as this actor may see it: drafts and withdrawn ones only by their seller.

    Raises `ProductoNoEncontrado`.
    """
    producto = sesion.get(Producto, producto_id)
    if producto is None:
        raise ProductoNoEncontrado(_("Puede que el vendedor lo haya retirado. Busque otro parecido."))
    suyo = actor is not None and tiene_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    if producto.estado not in VISIBLES and not suyo:
        raise ProductoNoEncontrado(_("Puede que el vendedor lo haya retirado. Busque otro parecido."))
    consulta = (
        select(ProductoFoto).where(ProductoFoto.producto_id == producto_id).order_by(col(ProductoFoto.orden))
    )
    return Detalle(producto, list(sesion.exec(consulta)), suyo)


def productos_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido, estado: EstadoProducto | None = None
) -> tuple[list[Producto], str | None]:
    """The products of a seller, newest first, in any state."""
    consulta = select(Producto).where(col(Producto.vendedor_id) == unidad_id)
    if estado is not None:
        consulta = consulta.where(col(Producto.estado) == estado)
    return paginar(sesion, consulta, pagina, columnas=(Producto.id,))
