"""Periodic work of the evaluation: what nobody decides while the bids hold is desierto."""

from sqlmodel import col, func, select

from feria_inversa.evaluacion.adjudicacion import decidir_por_reloj
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.decidir_items", cada=300)
def decidir_items() -> int:
    """Calls whose term to be decided passed, each in its own transaction; how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(Convocatoria.estado == Estado.EVALUACION, col(Convocatoria.sigue_en) <= func.nucleo_ahora())
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), decidir_por_reloj)
