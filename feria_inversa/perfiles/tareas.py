"""Periodic work of the profiles. It asks the database what is due and may run twice at once."""

import time

from feria_inversa.perfiles.racimos import calcular_tocados
from nucleo.bd import transaccion
from nucleo.tareas import periodica

SEGUNDOS = 60
"""No lot is begun after so long: a task has two minutes, and the next sweep goes on."""


@periodica("feria.calcular_precios", cada=30)
def calcular_precios() -> int:
    """Clusters in which something changed, a lot after another; of how many changes."""
    hasta, hechos = time.monotonic() + SEGUNDOS, 0
    while time.monotonic() < hasta:
        with transaccion() as sesion:
            de_este = calcular_tocados(sesion)
        hechos += de_este or 0
        if not de_este:
            break
    return hechos
