"""Periodic work of the invitations."""

from datetime import timedelta

from sqlmodel import col, func, not_, select

from feria_inversa.invitaciones.invitar import invitar
from feria_inversa.invitaciones.modelos import ProcesoInvitado
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica

ESPERA = timedelta(minutes=5)
"""After a publication: by then who asked for it with an alert has been found, and is not told twice."""


@periodica("feria.invitar", cada=60)
def invitar_a_ofertar() -> int:
    """Processes that take bids and of which nobody was told, each in its own transaction; how many."""
    hechos = select(ProcesoInvitado.convocatoria_id).where(
        col(ProcesoInvitado.convocatoria_id) == Convocatoria.id
    )
    nuevos = (
        select(Convocatoria.id)
        .where(
            Convocatoria.estado == Estado.PUBLICADO,
            col(Convocatoria.publicado_en) <= func.nucleo_ahora() - ESPERA,
            col(Convocatoria.vence_en) > func.nucleo_ahora(),
            not_(hechos.exists()),
        )
        .order_by(col(Convocatoria.publicado_en))
    )
    return cada_uno(pendientes(nuevos), invitar)
