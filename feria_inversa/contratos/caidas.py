"""An award that falls before its order: its winner desists, or is disqualified."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.contratos.consultas import por_ordenar
from feria_inversa.evaluacion import anular_con
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.procesos import (
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoItem,
    EstadoNoPermite,
    bloquear,
)
from nucleo.actor import Actor
from nucleo.textos import gettext as _


def dejar_sin_efecto(
    sesion: Session, actor: Actor, convocatoria_id: UUID, item_id: UUID, caida: EstadoItem, motivo: str
) -> Adjudicacion:
    """An award falls for a public reason, and its item is decided again: the next bid, or desierto.

    Raises `EstadoNoPermite` unless the item is awarded and in no order, `FaltaMotivo`, `ConflictoDeInteres`.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    ganada = next((g for g in por_ordenar(sesion, convocatoria_id) if g.item.id == item_id), None)
    if ganada is None or convocatoria.estado not in {Estado.RESUELTO, Estado.EVALUACION}:
        raise EstadoNoPermite(_("Solo queda sin efecto lo adjudicado que todavía no tiene orden de compra."))
    return anular_con(sesion, autorizacion, convocatoria, ganada.adjudicacion, caida, motivo)
