"""Periodic work of the opening: what nobody opens is opened by the clock."""

from sqlmodel import col, func, select

from feria_inversa.apertura.apertura import abrir_por_reloj
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.abrir_sobres", cada=300)
def abrir_sobres() -> int:
    """Calls whose term to be opened passed, each in its own transaction; how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(
            Convocatoria.estado == Estado.RECEPCION_CERRADA,
            col(Convocatoria.sigue_en) <= func.nucleo_ahora(),
        )
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), abrir_por_reloj)
