"""Cancelling a process; in its auction who acts for a bidder does not end what they might lose."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.ofertas import oferentes_de
from feria_inversa.procesos import Cierre, Estado, bloquear, cancelar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor


def cancelar_proceso(
    sesion: Session, actor: Actor, convocatoria_id: UUID, motivo: str, cierre: Cierre = Cierre.CANCELA
) -> Convocatoria:
    """`cancelar_convocatoria`; from the opening to the end of an auction nobody has ceased yet who will then.

    Raises `ConflictoDeInteres`, last: who may not cancel at all learns nothing of who bid.
    """
    subastandose = bloquear(sesion, convocatoria_id).estado == Estado.SUBASTA
    cancelada = cancelar_convocatoria(sesion, actor, convocatoria_id, motivo, cierre)
    if subastandose:
        exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    return cancelada
