"""Periodic work of the change feed."""

from nucleo.tareas import periodica
from pagos.cambios.avisar import avisar_cambios


@periodica("pagos.avisar_cambios", cada=5)
def avisar() -> int:
    """Queue the webhooks of what happened in the accounts of units; returns of how many."""
    return avisar_cambios()
