"""Periodic work of the auctions: what nobody may bid for any more ends."""

from sqlmodel import col, exists, func, select

from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.modelos import GrupoSubastado, Subasta
from feria_inversa.subasta.terminar import terminar_por_reloj
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.terminar_subastas", cada=15)
def terminar_subastas() -> int:
    """Auctions of which nothing is open any more, each in its own transaction; how many."""
    abierto = exists().where(
        col(GrupoSubastado.convocatoria_id) == col(Subasta.convocatoria_id),
        col(GrupoSubastado.termina_en) > func.nucleo_ahora(),
    )
    vencidas = (
        select(Subasta.convocatoria_id)
        .join(Convocatoria, col(Convocatoria.id) == Subasta.convocatoria_id)
        .where(Convocatoria.estado == Estado.SUBASTA, ~abierto)
        .order_by(col(Subasta.empieza_en))
    )
    return cada_uno(pendientes(vencidas), terminar_por_reloj)
