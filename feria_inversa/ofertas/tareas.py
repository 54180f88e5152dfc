"""Periodic work of the bids."""

from feria_inversa.ofertas.archivos import lugares_sin_oferta, tirar_sin_oferta
from nucleo.bd import transaccion
from nucleo.tareas import periodica


@periodica("feria.tirar_archivos", cada=3600)
def tirar_archivos() -> int:
    """Files that were uploaded for bids that nobody presented; how many."""
    with transaccion() as sesion:
        lugares = lugares_sin_oferta(sesion)
    tirados = 0
    for lugar in lugares:
        with transaccion() as sesion:
            tirados += tirar_sin_oferta(sesion, *lugar)
    return tirados
