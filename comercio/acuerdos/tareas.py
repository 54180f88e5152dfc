"""The sweep of what nobody answered: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.acuerdos.acordar import vencer
from comercio.acuerdos.estados import EstadoAcuerdo
from comercio.acuerdos.modelos import Acuerdo
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.vencer_acuerdos", cada=300)
def vencer_acuerdos() -> int:
    """What was asked for and not answered in its term: how many."""
    vencidos = (
        select(Acuerdo.pedido_id)
        .where(
            col(Acuerdo.estado) == EstadoAcuerdo.PROPUESTO,
            col(Acuerdo.responder_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(Acuerdo.responder_hasta), col(Acuerdo.id))
    )
    return cada_uno(pendientes(vencidos), vencer)
