"""What promotions leave of the prices in a list of products: one query, and none when nobody promotes."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.catalogo import REBAJA, EstadoVariante, Rebaja, Rebajada, la_menor
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


_promotores: Memoria[str, frozenset[UUID]] = Memoria(segundos=15, maximo=1)


def olvidar_promotores() -> None:
    _promotores.vaciar()


def _con_promocion(sesion: Session) -> frozenset[UUID]:
    """Who has a promotion that has not ended, as of some seconds ago: a new one may be late in lists, and one
    that ended never stays, for what is shown is always asked."""
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
    return {id: r for id, suyos in precios.items() if (r := la_menor(suyos)) is not None}
