"""The sweep of purchases that a card pays: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.seguir import revisar
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.revisar_por_pagar", cada=15)
def revisar_por_pagar() -> int:
    """Let go what was not paid in its time, give back what must, close what is over: how many."""
    vencidas = (
        select(PorPagar.compra_id)
        .where(col(PorPagar.revisar_en) <= func.nucleo_ahora())
        .order_by(col(PorPagar.revisar_en), col(PorPagar.compra_id))
    )
    return cada_uno(pendientes(vencidas), revisar)
