"""Periodic work of the card gateway. Each run is safe to repeat, to lose and to run from two workers."""

from nucleo.tareas import periodica
from pagos.tarjetas import avisos, conciliar, disputar, reembolsar
from pagos.tarjetas.puerta import tarjetas_disponibles


@periodica("pagos.tarjetas.conciliar", cada=5)
def conciliar_pagos() -> int:
    """Payments whose answer is missing, late or changed."""
    return conciliar.conciliar() if tarjetas_disponibles() else 0


@periodica("pagos.tarjetas.conciliar_reembolsos", cada=5)
def conciliar_reembolsos() -> int:
    """Refunds, and the claims of cardholders."""
    if not tarjetas_disponibles():
        return 0
    return reembolsar.conciliar_reembolsos() + disputar.conciliar_disputas()


@periodica("pagos.tarjetas.recuperar_avisos", cada=300)
def recuperar_avisos() -> int:
    """What no webhook brought."""
    return avisos.recuperar_avisos() if tarjetas_disponibles() else 0
