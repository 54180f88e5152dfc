"""Periodic work of the log."""

from constancia.integrar import integrar_pendientes
from nucleo.tareas import periodica


@periodica("constancia.integrar", cada=20)
def integrar() -> int:
    """Give the leaves that wait their places and sign the tree; nothing is done while none waits."""
    return integrar_pendientes()
