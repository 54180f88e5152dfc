"""Periodic work of the questions: what nobody answered stays so once bids are taken no more."""

from sqlmodel import col, select

from feria_inversa.preguntas.estados import EstadoPregunta
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.preguntas.preguntar import ABIERTAS, cerrar_sin_respuesta
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.cerrar_preguntas", cada=300)
def cerrar_preguntas() -> int:
    """Processes whose reception ended with questions open, each in its own transaction; how many."""
    cerradas = (
        select(Convocatoria.id)
        .join(Pregunta, col(Pregunta.convocatoria_id) == Convocatoria.id)
        .where(
            Pregunta.estado == EstadoPregunta.POR_RESPONDER,
            col(Convocatoria.estado).not_in(sorted(ABIERTAS)),
        )
        .distinct()
        .order_by(col(Convocatoria.id))
    )
    return cada_uno(pendientes(cerradas), cerrar_sin_respuesta)
