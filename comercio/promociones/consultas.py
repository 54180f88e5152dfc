"""Reads of a seller's promotions and coupons."""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.catalogo import ClaseDeRebaja
from comercio.catalogo.modelos import Variante
from comercio.promociones.estados import Alcance
from comercio.promociones.modelos import Cupon, Promocion, PromocionVariante
from nucleo.dinero import de_centavos
from nucleo.paginacion import CursorPedido, paginar


def promociones_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[Promocion], str | None]:
    """Those of a unit, newest first, ended ones too."""
    consulta = select(Promocion).where(col(Promocion.vendedor_id) == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(Promocion.id,))


def cupones_de(sesion: Session, unidad_id: UUID, pagina: CursorPedido) -> tuple[list[Cupon], str | None]:
    """Those of a unit, newest first, ended ones too."""
    consulta = select(Cupon).where(col(Cupon.vendedor_id) == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(Cupon.id,))


def minimo_de_cupon(sesion: Session, cupon_id: UUID) -> tuple[str, Money]:
    """Its code, and from how much on it is worth something."""
    cupon = sesion.get_one(Cupon, cupon_id)
    return cupon.codigo, cupon.minimo


def rebaja_algo(sesion: Session, promocion: Promocion) -> bool:
    """Whether anything of what it is of costs more than it takes off; what costs less stays as it is."""
    if promocion.clase != ClaseDeRebaja.MONTO:
        return True
    consulta = select(Variante.id).where(
        col(Variante.vendedor_id) == promocion.vendedor_id,
        col(Variante.precio) > de_centavos(promocion.valor),
    )
    if promocion.alcance == Alcance.ELEGIDOS:
        suyas = select(PromocionVariante.variante_id).where(PromocionVariante.promocion_id == promocion.id)
        consulta = consulta.where(col(Variante.id).in_(suyas))
    return sesion.exec(consulta.limit(1)).first() is not None


def variantes_de_promociones(sesion: Session, promociones: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Of which variants each is; one of the whole shop names none."""
    consulta = (
        select(PromocionVariante)
        .where(col(PromocionVariante.promocion_id).in_(list(promociones)))
        .order_by(col(PromocionVariante.variante_id))
    )
    halladas: dict[UUID, list[UUID]] = {id: [] for id in promociones}
    for fila in sesion.exec(consulta):
        halladas[fila.promocion_id].append(fila.variante_id)
    return halladas
