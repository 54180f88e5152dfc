"""Periodic work of reserves."""

from nucleo.bd import transaccion
from nucleo.tareas import periodica
from pagos.reservas.reservas import anotar_vencidas


@periodica("pagos.anotar_reservas_vencidas", cada=15)
def vencer() -> int:
    """Write down the reserves that expired; returns how many there were."""
    with transaccion() as sesion:
        return anotar_vencidas(sesion)
