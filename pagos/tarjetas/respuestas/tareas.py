"""Periodic work of answers to claims."""

from nucleo.tareas import periodica
from pagos.tarjetas.puerta import tarjetas_disponibles
from pagos.tarjetas.respuestas.responder import conciliar_respuestas as conciliar


@periodica("pagos.tarjetas.respuestas.conciliar", cada=30)
def conciliar_respuestas() -> int:
    """Answers that the gateway has not confirmed."""
    return conciliar() if tarjetas_disponibles() else 0
