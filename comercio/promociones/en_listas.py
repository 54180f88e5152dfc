"""What promotions leave of the prices in a list of products."""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from comercio.catalogo import REBAJA, EstadoVariante, Rebaja, Rebajada, la_menor
from comercio.catalogo.modelos import Producto, Variante
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Promocion
from nucleo.dinero import de_centavos


class _Ficha(Protocol):
    @property
    def id(self) -> UUID: ...


def precios_rebajados(producto_id: Any, vendedor_id: Any) -> Any:
    """What `leer_rebajada` reads of a product (two columns), to be asked in the query of a list: of a seller
    who promotes nothing, it is null at once."""
    promueve = select(Promocion.id).where(
        col(Promocion.vendedor_id) == vendedor_id, col(Promocion.estado) == EstadoPromocion.ACTIVA
    )
    precios = select(func.json_agg(func.json_build_array(Variante.precio, REBAJA))).where(
        col(Variante.producto_id) == producto_id, col(Variante.estado) == EstadoVariante.ACTIVA
    )
    return case((promueve.exists(), precios.scalar_subquery()))


def leer_rebajada(dato: list[Any] | None) -> Rebajada | None:
    """A product that costs less now by a promotion; None of any other."""
    precios = [(de_centavos(precio), Rebaja.leer(dicha)) for precio, dicha in dato or ()]
    return la_menor([(rebaja.de(precio) if rebaja else precio, rebaja) for precio, rebaja in precios])


def rebajadas(sesion: Session, fichas: Iterable[_Ficha]) -> dict[UUID, Rebajada]:
    """Of these products, those that cost less now by a promotion; one query."""
    ids = [f.id for f in fichas]
    consulta = select(Producto.id, precios_rebajados(col(Producto.id), col(Producto.vendedor_id))).where(
        col(Producto.id).in_(ids)
    )
    leidas = {id: leer_rebajada(dato) for id, dato in sesion.exec(consulta)} if ids else {}
    return {id: rebajada for id, rebajada in leidas.items() if rebajada is not None}
