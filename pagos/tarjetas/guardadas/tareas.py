"""Periodic work of saved cards."""

from nucleo.tareas import periodica
from pagos.tarjetas.guardadas import conciliar
from pagos.tarjetas.puerta import tarjetas_disponibles


@periodica("pagos.tarjetas.guardadas.conciliar", cada=30)
def conciliar_tarjetas() -> int:
    """Cards that wait to be written, to be forgotten, and those that expired."""
    return conciliar.conciliar_tarjetas() if tarjetas_disponibles() else 0
