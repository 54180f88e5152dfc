"""Periodic work of the bids."""

from feria_inversa.ofertas.archivos import lugares_sin_oferta, tirar_sin_oferta
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica


@periodica("feria.tirar_archivos", cada=3600)
def tirar_archivos() -> int:
    """Files that were uploaded for bids that nobody presented; of how many units, call by call."""
    with transaccion() as sesion:
        lugares = lugares_sin_oferta(sesion)
    return cada_uno(lugares, tirar_sin_oferta)
