"""Periodic work of wallets."""

from nucleo.bd import transaccion
from nucleo.tareas import periodica
from pagos.billetera.solicitudes import vencer_solicitudes


@periodica("pagos.vencer_solicitudes", cada=60)
def vencer() -> int:
    """Close the requests for money that nobody answered in time; returns how many there were."""
    with transaccion() as sesion:
        return vencer_solicitudes(sesion)
