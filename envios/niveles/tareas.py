"""The sweep of service levels."""

from envios.niveles.calcular import calcular_pendientes
from nucleo.tareas import periodica


@periodica("envios.calcular_niveles", cada=3600)
def calcular() -> int:
    return calcular_pendientes()
