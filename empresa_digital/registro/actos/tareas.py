"""Periodic work of joint acts."""

from empresa_digital.registro.actos.consultas import vencidos
from empresa_digital.registro.actos.firmas import vencer
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica


@periodica("registro.vencer_actos", cada=60)
def vencer_actos() -> int:
    """End the acts whose time is over, each in its own transaction."""
    with transaccion() as sesion:
        ids = vencidos(sesion)
    return cada_uno(ids, vencer)
