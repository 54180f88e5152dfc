"""An award that falls before its order: its winner desists, is disqualified, or waited in vain for it."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos.consultas import por_ordenar
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.evaluacion import adjudicaciones_de, anular_con, avisar_caidas, hacer_caer
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.papeles import DECIDIR, exigir_papel
from feria_inversa.procesos import (
    OBJETO,
    ORDENAR,
    Estado,
    EstadoItem,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    exigir_en_termino,
    grupo_del_item,
    que_espera,
)
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def dejar_sin_efecto(
    sesion: Session, actor: Actor, convocatoria_id: UUID, item_id: UUID, caida: EstadoItem, motivo: str
) -> Adjudicacion:
    """An award falls for a public reason, with all that was awarded with it, and is decided again: the next
    bid, or desierto.

    Raises `EstadoNoPermite` unless the item is awarded and in no order, `FaltaMotivo`, `ConflictoDeInteres`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor, convocatoria, DECIDIR)
    sin_orden = {ganada.item.id for ganada in por_ordenar(sesion, convocatoria_id)}
    if item_id not in sin_orden or convocatoria.estado not in {Estado.RESUELTO, Estado.EVALUACION}:
        raise EstadoNoPermite(_("Solo queda sin efecto lo adjudicado que todavía no tiene orden de compra."))
    exigir_en_termino(convocatoria, ahora_bd(sesion))
    grupo = grupo_del_item(sesion, convocatoria, item_id)
    assert grupo is not None
    vigentes = adjudicaciones_de(sesion, convocatoria_id)
    caen = [vigentes[item.id] for item in grupo.items]
    return anular_con(sesion, autorizacion, convocatoria, caen, caida, motivo)


def soltar_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """Who won and got no order in the term is free, and the item is decided again; False when nothing is."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if que_espera(convocatoria) != ORDENAR:
        return False
    instante = ahora_bd(sesion)
    if convocatoria.sigue_en is None or instante < convocatoria.sigue_en:
        return False
    vigentes = [ganada.adjudicacion for ganada in por_ordenar(sesion, convocatoria_id)]
    sistema = Actor.sistema("plazo para emitir las órdenes")
    motivo = _("La entidad no emitió la orden de compra en su plazo.")
    caidas = hacer_caer(sesion, convocatoria, vigentes, EstadoItem.DESISTIDO, motivo, sistema.nombre)
    avisar_caidas(sesion, caidas, sistema)
    publicar_acto(sesion, convocatoria_id, ["awardCancellation"], instante)
    hechos = {"items": len(vigentes), "motivo": motivo}
    auditar(sesion, sistema, "convocatoria.dejar_sin_efecto", OBJETO, convocatoria_id, hechos)
    sesion.flush()
    return True
