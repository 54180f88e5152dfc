"""What a buyer can choose: a variant with its ficha, its prices by quantity and what there is of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import Date, String, Uuid, bindparam, cast, func, true
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlmodel import Session, col, select

from comercio.catalogo.errores import ElijaVariante
from comercio.catalogo.estados import EstadoVariante
from comercio.catalogo.modelos import Existencia, PrecioPorCantidad, Producto, Variante
from comercio.catalogo.palabras import en_palabras
from comercio.catalogo.rebajas import Rebaja, Rebajada, la_menor
from comercio.vendedores import vuelve_de
from nucleo.dinero import de_centavos, redondear
from nucleo.en_texto import columnas_de, de_tipo, fila_de
from nucleo.filas import IDS
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Opcion:
    """A variant as it stands now. `disponible` is what one place of dispatch, the best, could send."""

    variante: Variante
    producto: Producto
    existencia_id: UUID | None
    disponible: Decimal
    escala: tuple[tuple[Decimal, Money], ...]
    hasta: date | None = None
    """The last day of the holidays that its seller is on, if they are."""
    rebaja: Rebaja | None = None
    """The promotion in force that leaves it at least, if there is one."""

    @property
    def id(self) -> UUID:
        return self.variante.id

    @property
    def nombre(self) -> str:
        """What tells it from the others of its ficha: «rojo, talla M»; empty when it is the only one."""
        return en_palabras(self.variante.atributos)

    @property
    def titulo(self) -> str:
        return f"{self.producto.titulo} ({self.nombre})" if self.nombre else self.producto.titulo

    @property
    def a_la_venta(self) -> bool:
        return (
            self.producto.a_la_venta and self.variante.estado == EstadoVariante.ACTIVA and self.hasta is None
        )

    @property
    def vuelve(self) -> date | None:
        """From when on it can be bought again, while its seller is on holidays."""
        return self.hasta + timedelta(days=1) if self.hasta else None

    @property
    def por_que_no(self) -> str:
        """Why one that is not on sale cannot be bought, to who would buy it."""
        if self.vuelve is None:
            return _("«%(titulo)s» ya no está a la venta.") % {"titulo": self.titulo}
        return _("«%(titulo)s»: %(vendedor)s está de vacaciones. Se podrá comprar desde el %(dia)s.") % {
            "titulo": self.titulo,
            "vendedor": self.producto.vendedor_nombre,
            "dia": filtro_fecha(self.vuelve),
        }

    def precio_de(self, cantidad: Decimal) -> Money:
        """The price of one when so much is bought."""
        escalones = [precio for desde, precio in self.escala if desde <= cantidad]
        return escalones[-1] if escalones else self.variante.precio

    def precio_desde(self, cantidad: Decimal) -> Decimal | None:
        """From how many on that price is given; None of the price of one."""
        return max((desde for desde, _precio in self.escala if desde <= cantidad), default=None)

    def importe(self, cantidad: Decimal) -> Money:
        """Quantity by price, rounded half up to the centavo, once."""
        return redondear(self.precio_de(cantidad).amount * cantidad)

    def rebajado_de(self, cantidad: Decimal) -> Money:
        """What is paid for one when so much is bought: its price, or what a promotion leaves of it; never
        more than of fewer, though a promotion that would leave a price in nothing leaves it as it is."""
        if self.rebaja is None:
            return self.precio_de(cantidad)
        de_menos = [precio for desde, precio in self.escala if desde <= cantidad]
        return min(self.rebaja.de(precio) for precio in (self.variante.precio, *de_menos))

    def por_pagar(self, cantidad: Decimal) -> Money:
        """What is paid for so much, rounded half up to the centavo, once."""
        return redondear(self.rebajado_de(cantidad).amount * cantidad)

    @property
    def rebajado(self) -> Money:
        """What is paid for the first one."""
        return self.rebajado_de(Decimal(1))

    @property
    def antes(self) -> Money | None:
        """What may be shown struck through beside it."""
        return self.antes_de(Decimal(1))

    def antes_de(self, cantidad: Decimal) -> Money | None:
        """The same beside what one costs when so much is bought: nothing beside the price of a quantity, for
        what is compared is the price of one."""
        if self.rebaja is None or self.precio_de(cantidad) != self.variante.precio:
            return None
        return self.rebaja.antes(self.rebajado_de(cantidad))


_mejor = (
    select(
        col(Existencia.id),
        (col(Existencia.existencia) - col(Existencia.reservado)).label("disponible"),
    )
    .where(col(Existencia.variante_id) == col(Variante.id))
    .order_by((col(Existencia.existencia) - col(Existencia.reservado)).desc(), col(Existencia.id))
    .limit(1)
    .lateral("mejor")
)
_escala = (
    select(
        func.jsonb_agg(
            func.jsonb_build_array(cast(PrecioPorCantidad.desde, String), PrecioPorCantidad.precio)
        )
    )
    .where(col(PrecioPorCantidad.variante_id) == col(Variante.id))
    .scalar_subquery()
)
_hasta = vuelve_de(col(Variante.vendedor_id))
REBAJA: Any = func.comercio_rebaja(Variante.id, Variante.vendedor_id, Variante.precio, type_=JSONB)
_LO_DEMAS = (_mejor.c.id, func.coalesce(_mejor.c.disponible, 0), _escala, _hasta, REBAJA)
OPCIONES: Any = (
    select(Variante, Producto, *_LO_DEMAS)  # type: ignore[call-overload]
    .join(Producto, col(Producto.id) == col(Variante.producto_id))
    .outerjoin(_mejor, true())
)
"""Columns that `opcion_de` reads; a query adds its own joins and conditions."""


def opcion_de(fila: Any) -> Opcion:
    return _opcion(*fila)


def _opcion(
    variante: Variante,
    producto: Producto,
    existencia_id: UUID | None,
    disponible: Decimal,
    escala: list[list[Any]] | None,
    hasta: date | None,
    rebaja: dict[str, Any] | None,
) -> Opcion:
    escalones = sorted((Decimal(desde).normalize(), de_centavos(precio)) for desde, precio in escala or ())
    return Opcion(
        variante,
        producto,
        existencia_id,
        Decimal(disponible),
        tuple(escalones),
        hasta,
        Rebaja.leer(rebaja),
    )


def rebajada_de(opciones: Iterable[Opcion]) -> Rebajada | None:
    """A product by its variants, if the one that costs least now is in a promotion."""
    return la_menor([(o.rebajado, o.rebaja) for o in opciones if o.variante.estado == EstadoVariante.ACTIVA])


_POR_ID = (
    OPCIONES.where(col(Variante.id).in_(IDS))
    .order_by(col(Variante.id))
    .execution_options(populate_existing=True)
)


def opciones_por_id(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Opcion]:
    """Those that exist, read afresh."""
    return {o.id: o for o in map(opcion_de, sesion.execute(_POR_ID, {"ids": list(ids)}))}


_DE_PRODUCTO = OPCIONES.where(col(Variante.producto_id) == bindparam("producto_id")).order_by(
    col(Variante.orden), col(Variante.id)
)
_NO_RETIRADA = col(Variante.estado) != EstadoVariante.RETIRADA
_VIVAS = _DE_PRODUCTO.where(_NO_RETIRADA)
VIVAS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(columnas_de(Variante), *_LO_DEMAS),
                col(Variante.orden),
                col(Variante.id),
            )
        )
    )
    .select_from(Variante)
    .outerjoin(_mejor, true())
    .where(col(Variante.producto_id) == bindparam("producto_id"), _NO_RETIRADA)
    .scalar_subquery()
)
"""What `leer_opciones` reads: those of :producto_id not withdrawn by themselves, in the seller's order."""


def leer_opciones(producto: Producto, dato: list[list[Any]] | None) -> list[Opcion]:
    return [
        _opcion(
            fila_de(Variante, variante),
            producto,
            de_tipo(Uuid(), existencia_id),
            disponible,
            escala,
            de_tipo(Date(), hasta),
            rebaja,
        )
        for variante, existencia_id, disponible, escala, hasta, rebaja in dato or ()
    ]


def opciones_de(sesion: Session, producto_id: UUID, *, todas: bool = False) -> list[Opcion]:
    """The variants of a ficha in the seller's order; those withdrawn by themselves too with `todas`."""
    filas = sesion.execute(_DE_PRODUCTO if todas else _VIVAS, {"producto_id": producto_id})
    return [opcion_de(fila) for fila in filas]


def variante_pedida(sesion: Session, pedido: UUID) -> UUID:
    """The variant that an id means: its own, or the only one of a product. An unknown id stands for itself.

    Raises `ElijaVariante` when the product has several.
    """
    return variantes_pedidas(sesion, [pedido])[pedido]


_PEDIDAS = select(Variante.id, Variante.producto_id, Variante.estado).where(
    col(Variante.id).in_(IDS) | col(Variante.producto_id).in_(IDS)
)


def variantes_pedidas(sesion: Session, pedidos: Collection[UUID]) -> dict[UUID, UUID]:
    """`variante_pedida` of many, in one query. Raises `ElijaVariante`."""
    filas = sesion.execute(_PEDIDAS, {"ids": list(pedidos)}).all()
    halladas = {}
    for pedido in pedidos:
        de_ella = [f for f in filas if f[1] == pedido and f[2] != EstadoVariante.RETIRADA]
        if len(de_ella) > 1:
            raise ElijaVariante(_("Elija cuál quiere: talla, color o medida."), producto_id=str(pedido))
        halladas[pedido] = de_ella[0][0] if de_ella else pedido
    return halladas
