"""What the search does by itself: news to who waits for them, and counts that are forgotten."""

from comercio.busqueda.novedades import emparejar_novedad, por_emparejar
from comercio.busqueda.vacias import olvidar
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica


@periodica("comercio.emparejar_novedades", cada=30)
def emparejar_novedades() -> int:
    """Tell what came back or got cheaper: how many."""
    return cada_uno(por_emparejar(), emparejar_novedad)


@periodica("comercio.olvidar_busquedas_vacias", cada=86_400)
def olvidar_vacias() -> int:
    """Searches without result of long ago: how many."""
    with transaccion() as sesion:
        return olvidar(sesion)
