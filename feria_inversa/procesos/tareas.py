"""Periodic work of the fair. No deadline hangs on it: bids and openings judge the clock themselves."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from feria_inversa.procesos.bloqueos import bloquear
from feria_inversa.procesos.convocatorias import cerrar_si_vencio
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.versiones import cancelar_por_reloj
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.cerrar_recepciones", cada=15)
def cerrar_recepciones() -> int:
    """Close the calls whose deadline passed, each in its own transaction; return how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(Convocatoria.estado == Estado.PUBLICADO, col(Convocatoria.vence_en) <= func.nucleo_ahora())
        .order_by(col(Convocatoria.vence_en))
    )
    return cada_uno(pendientes(vencidas), cerrar)


def cerrar(sesion: Session, convocatoria_id: UUID) -> bool:
    return cerrar_si_vencio(sesion, bloquear(sesion, convocatoria_id))


@periodica("feria.cancelar_suspendidas", cada=300)
def cancelar_suspendidas() -> int:
    """Suspended calls whose term to be resumed passed, each in its own transaction; how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(Convocatoria.estado == Estado.SUSPENDIDO, col(Convocatoria.sigue_en) <= func.nucleo_ahora())
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), cancelar_por_reloj)
