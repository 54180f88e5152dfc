"""The sweep of questions: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.mensajes.estados import EstadoPregunta
from comercio.mensajes.modelos import Pregunta
from comercio.mensajes.preguntas import cerrar_sin_respuesta
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.cerrar_preguntas", cada=600)
def cerrar_preguntas() -> int:
    """Questions that nobody answered in their term: how many were closed."""
    vencidas = (
        select(Pregunta.id)
        .where(col(Pregunta.estado) == EstadoPregunta.ABIERTA, col(Pregunta.vence_en) <= func.nucleo_ahora())
        .order_by(col(Pregunta.vence_en), col(Pregunta.id))
    )
    return cada_uno(pendientes(vencidas), cerrar_sin_respuesta)
