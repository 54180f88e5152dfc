"""The sweep of offers held: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.sostenidas.modelos import OfertaSostenida
from comercio.sostenidas.sostener import vencer
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.vencer_ofertas_sostenidas", cada=300)
def vencer_ofertas() -> int:
    """Those whose term ended, answered or not: how many."""
    vencidas = (
        select(OfertaSostenida.id)
        .where(col(OfertaSostenida.vence_en) <= func.nucleo_ahora())
        .order_by(col(OfertaSostenida.vence_en), col(OfertaSostenida.id))
    )
    return cada_uno(pendientes(vencidas), vencer)
