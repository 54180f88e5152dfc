"""The sweeps of promotions and coupons: what ended is said to have, and may be swept twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.promociones.crear import terminar_cupon, terminar_promocion
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Cupon, Promocion
from comercio.promociones.reflejar import por_reflejar, reflejar
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.reflejar_promociones", cada=15)
def reflejar_promociones() -> int:
    """Promotions that began, stopped or ended since lists were written: how many."""
    return cada_uno(pendientes(por_reflejar()), lambda _sesion, id: reflejar(id))


@periodica("comercio.terminar_promociones", cada=900)
def terminar_promociones() -> int:
    """Promotions and coupons whose days ended: how many."""
    promociones = select(Promocion.id).where(
        col(Promocion.estado) != EstadoPromocion.TERMINADA, col(Promocion.hasta) <= func.nucleo_ahora()
    )
    cupones = select(Cupon.id).where(
        col(Cupon.estado) != EstadoPromocion.TERMINADA, col(Cupon.hasta) <= func.nucleo_ahora()
    )
    hechas = cada_uno(
        pendientes(promociones.order_by(col(Promocion.hasta), col(Promocion.id))), terminar_promocion
    )
    return hechas + cada_uno(pendientes(cupones.order_by(col(Cupon.hasta), col(Cupon.id))), terminar_cupon)
