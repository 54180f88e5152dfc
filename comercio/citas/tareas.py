"""The sweep of what nobody answered: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.agenda.modelos import Cita
from comercio.citas.acordar import vencer_propuesta
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.vencer_citas_propuestas", cada=300)
def vencer_propuestas() -> int:
    """What was asked for and not answered in its term: how many."""
    vencidas = (
        select(Cita.pedido_id)
        .where(col(Cita.responder_hasta) <= func.nucleo_ahora())
        .order_by(col(Cita.responder_hasta), col(Cita.id))
    )
    return cada_uno(pendientes(vencidas), vencer_propuesta)
