"""Reads of the catalogue: a product with its pictures, and what a seller has."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, type_coerce
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col, func, select

from comercio.catalogo.errores import ProductoNoEncontrado
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.medidas import Cantidad
from comercio.catalogo.modelos import Existencia, Producto, ProductoFoto
from comercio.catalogo.opciones import VIVAS, Opcion, leer_opciones
from empresa_digital.registro import Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.en_texto import columnas_de, en_texto, fila_de, leer_texto
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _

Tiene = Callable[[Session, Actor, UUID, Facultad], bool]
VISIBLES = (EstadoProducto.PUBLICADO, EstadoProducto.PAUSADO)


_FOTOS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_array(
                    ProductoFoto.id, ProductoFoto.archivo_id, ProductoFoto.descripcion, ProductoFoto.orden
                ),
                col(ProductoFoto.orden),
            )
        )
    )
    .where(col(ProductoFoto.producto_id) == bindparam("producto_id"))
    .scalar_subquery()
)
DETALLE = (
    sql_select(func.json_build_array(columnas_de(Producto), VIVAS, _FOTOS))
    .where(col(Producto.id) == bindparam("producto_id"))
    .scalar_subquery()
)
"""What `leer_detalle` reads of :producto_id, to be asked beside other things."""
_DETALLE = sql_select(en_texto(DETALLE))


@dataclass(frozen=True, slots=True)
class Foto:
    """A picture as it is read; the row is for who changes it."""

    id: UUID
    archivo_id: UUID
    descripcion: str
    orden: int


@dataclass(frozen=True, slots=True)
class Detalle:
    producto: Producto
    fotos: list[Foto]
    es_del_vendedor: bool
    opciones: list[Opcion]
    existencias: dict[UUID, tuple[Decimal, Decimal]]
    """By variant, what there is and what of it is reserved; only for the seller, where it is shown."""

    @property
    def hay(self) -> tuple[Decimal, Decimal]:
        """What there is of all its variants, and what of it is reserved; for the seller."""
        filas = self.existencias.values()
        return sum((f[0] for f in filas), Decimal(0)), sum((f[1] for f in filas), Decimal(0))

    @property
    def opcion(self) -> Opcion:
        """The first of its variants: the only one of most products."""
        return self.opciones[0]


def detalle_de_producto(
    sesion: Session, producto_id: UUID, actor: Actor | None = None, tiene: Tiene = tiene_facultad
) -> Detalle:
    """A product as this actor may see it: drafts and withdrawn ones only by their seller.

    Raises `ProductoNoEncontrado`.
    """
    dicho = sesion.execute(_DETALLE, {"producto_id": producto_id}).scalar_one()
    detalle = leer_detalle(sesion, leer_texto(dicho)[0], actor, tiene)
    if not detalle.es_del_vendedor:
        return detalle
    return replace(detalle, existencias=_existencias(sesion, [o.id for o in detalle.opciones]))


def leer_detalle(
    sesion: Session, dato: list[Any] | None, actor: Actor | None, tiene: Tiene = tiene_facultad
) -> Detalle:
    """The same of what `DETALLE` gave, without what the seller has of it. Raises `ProductoNoEncontrado`."""
    no_esta = ProductoNoEncontrado(_("Puede que el vendedor lo haya retirado. Busque otro parecido."))
    if dato is None or not dato[1]:
        raise no_esta
    propio, opciones, fotos = dato
    producto = fila_de(Producto, propio)
    suyo = actor is not None and tiene(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    if producto.estado not in VISIBLES and not suyo:
        raise no_esta
    return Detalle(
        producto,
        [Foto(UUID(id), UUID(archivo), *resto) for id, archivo, *resto in fotos or ()],
        suyo,
        leer_opciones(producto, opciones),
        {},
    )


def _existencias(sesion: Session, variantes: list[UUID]) -> dict[UUID, tuple[Decimal, Decimal]]:
    consulta = (
        select(
            Existencia.variante_id,
            type_coerce(func.sum(Existencia.existencia), Cantidad),
            type_coerce(func.sum(Existencia.reservado), Cantidad),
        )
        .where(col(Existencia.variante_id).in_(variantes))
        .group_by(col(Existencia.variante_id))
    )
    return {variante: (hay, reservado) for variante, hay, reservado in sesion.exec(consulta)}


def productos_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido, estado: EstadoProducto | None = None
) -> tuple[list[Producto], str | None]:
    """The products of a seller, newest first, in any state."""
    consulta = select(Producto).where(col(Producto.vendedor_id) == unidad_id)
    if estado is not None:
        consulta = consulta.where(col(Producto.estado) == estado)
    return paginar(sesion, consulta, pagina, columnas=(Producto.id,))


def titulos_de(sesion: Session, productos: Collection[UUID]) -> dict[UUID, str]:
    consulta = select(Producto.id, Producto.titulo).where(col(Producto.id).in_(productos))
    return dict(sesion.exec(consulta).all())
