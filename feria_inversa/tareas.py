"""Periodic work of the fair. No deadline hangs on it: bids and openings judge the clock themselves."""

from sqlmodel import col, func, select

from feria_inversa.bloqueos import bloquear
from feria_inversa.convocatorias import cerrar_si_vencio
from feria_inversa.estados import Estado
from feria_inversa.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.tareas import periodica

LOTE = 200


@periodica("feria.cerrar_recepciones", cada=15)
def cerrar_recepciones() -> int:
    """Close the calls whose deadline passed, each in its own transaction; return how many."""
    with transaccion() as sesion:
        consulta = (
            select(Convocatoria.id)
            .where(Convocatoria.estado == Estado.PUBLICADO, col(Convocatoria.vence_en) <= func.nucleo_ahora())
            .order_by(col(Convocatoria.vence_en))
            .limit(LOTE)
        )
        vencidas = list(sesion.exec(consulta))
    cerradas = 0
    for convocatoria_id in vencidas:
        with transaccion() as sesion:
            cerradas += cerrar_si_vencio(sesion, bloquear(sesion, convocatoria_id))
    return cerradas
