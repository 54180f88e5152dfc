"""Periodic work of supervision."""

from nucleo.tareas import periodica
from pagos.supervision.cierre import cerrar_pendientes
from pagos.supervision.verificaciones import verificar_lo_pedido


@periodica("pagos.cerrar_dias", cada=300)
def cerrar_dias() -> int:
    """Close the Bolivian days that are over; returns how many."""
    return cerrar_pendientes()


@periodica("pagos.verificar_lo_pedido", cada=15)
def verificar() -> int:
    """Check the ledger when the regulator asked for it, and once a day anyway."""
    return verificar_lo_pedido()
