"""Periodic work: tell what was found, end what is over, forget what helps nobody."""

from alertas import enviar
from nucleo.tareas import periodica


@periodica("alertas.enviar", cada=5)
def enviar_alertas() -> int:
    return enviar.enviar_pendientes()


@periodica("alertas.vencer", cada=3600)
def vencer_alertas() -> int:
    return enviar.vencer()


@periodica("alertas.limpiar", cada=3600)
def limpiar_alertas() -> int:
    return enviar.limpiar()
