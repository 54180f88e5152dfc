"""What promotions leave of the prices in a list of products: one query, and none when nobody promotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.catalogo import REBAJA, EstadoVariante, Opcion, Rebaja
from comercio.catalogo.modelos import Variante
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Promocion
from nucleo.memoria import Memoria

PROMOTORES_MAXIMO = 20_000


class _Ficha(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def vendedor_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Rebajada:
    """The lowest price of a product with a promotion; `antes`, what may be shown struck through."""

    precio: Money
    antes: Money | None
    desde: bool
    """Whether others of its variants cost more."""


_promotores: Memoria[str, frozenset[UUID]] = Memoria(segundos=60, maximo=1)


def olvidar_promotores() -> None:
    _promotores.vaciar()


def _con_promocion(sesion: Session) -> frozenset[UUID]:
    """Who has a promotion that has not ended, as of a minute ago at most: a new one may be late in lists, and
    one that ended never stays, for what is shown is always asked."""
    sin_terminar = (
        col(Promocion.estado) == EstadoPromocion.ACTIVA,
        col(Promocion.hasta) > func.nucleo_ahora(),
    )
    consulta = select(Promocion.vendedor_id).where(*sin_terminar).distinct().limit(PROMOTORES_MAXIMO)
    return _promotores.obtener("promotores", lambda: frozenset(sesion.exec(consulta)))


def rebajadas(sesion: Session, fichas: Iterable[_Ficha]) -> dict[UUID, Rebajada]:
    """Of these products, those that cost less now by a promotion."""
    promueven = _con_promocion(sesion)
    ids = [f.id for f in fichas if f.vendedor_id in promueven]
    if not ids:
        return {}
    consulta = select(Variante.producto_id, Variante.precio, REBAJA).where(  # type: ignore[call-overload]
        col(Variante.producto_id).in_(ids), col(Variante.estado) == EstadoVariante.ACTIVA
    )
    precios: dict[UUID, list[tuple[Money, Rebaja | None]]] = {}
    for producto_id, precio, dicha in sesion.exec(consulta):
        rebaja = Rebaja.leer(dicha)
        precios.setdefault(producto_id, []).append((rebaja.de(precio) if rebaja else precio, rebaja))
    return {id: r for id, suyos in precios.items() if (r := _la_menor(suyos)) is not None}


def rebajada_de(opciones: Sequence[Opcion]) -> Rebajada | None:
    """A product by its variants, if the one that costs least now is in a promotion."""
    return _la_menor([(o.rebajado, o.rebaja) for o in opciones if o.variante.estado == EstadoVariante.ACTIVA])


def _la_menor(precios: Sequence[tuple[Money, Rebaja | None]]) -> Rebajada | None:
    if not precios:
        return None
    precio, rebaja = min(precios, key=lambda x: x[0].amount)
    if rebaja is None:
        return None
    return Rebajada(precio, rebaja.antes(precio), len({p for p, _r in precios}) > 1)
