"""The authority of the entity resolves an appeal with its reasons; its silence lets the decision stand."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, alguien_mas, exigir_facultad, firmaron
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion import ADJUDICACION_CONJUNTA, adjudicaciones_de, avisar_caidas, hacer_caer
from feria_inversa.impugnacion.consultas import impugnacion_por_id, impugnaciones_de, presentadas
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import seguir, terminar
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import RESOLVER, SinPapel, exigir_papel, fuera_de
from feria_inversa.procesos import OBJETO as DE_CONVOCATORIA
from feria_inversa.procesos import (
    Cierre,
    EstadoItem,
    EstadoNoPermite,
    bloquear,
    cancelar_con,
    exigir_motivo,
    grupo_del_item,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import quienes_hicieron
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

MOTIVO_MAXIMO = 1_000
"""What a decision or a cancellation holds of its reason; the appeal has all of it."""


def resolver_impugnacion(
    sesion: Session, actor: Actor, impugnacion_id: UUID, decision: EstadoImpugnacion, fundamento: str
) -> Impugnacion:
    """Reject it, confirm the decision, revoke it (the item is decided again) or annul the process.

    By who administers the entity (its highest authority) and did not decide it. Raises `SinPapel`,
    `ImpugnacionNoPermite`, `ImpugnacionTardia`, `FaltaMotivo`, `ConflictoDeInteres`, and `EstadoNoPermite`
    when what would be annulled has orders.
    """
    vista = impugnacion_por_id(sesion, impugnacion_id)
    convocatoria = bloquear(sesion, vista.convocatoria_id)
    autorizacion = exigir_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    exigir_papel(
        sesion, actor, convocatoria, RESOLVER, salvo=_exigir_que_no_decidiera(sesion, actor, convocatoria)
    )
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria.id))
    fundamento = exigir_motivo(fundamento)
    todas = impugnaciones_de(sesion, convocatoria.id)
    fila = next(i for i in todas if i.id == impugnacion_id)
    if decision == EstadoImpugnacion.ANULADA and convocatoria.items_ordenados:
        raise EstadoNoPermite(_("Ya hay órdenes de compra: revoque la decisión del ítem."))
    terminar(sesion, fila, decision, fundamento, autorizacion)
    if decision == EstadoImpugnacion.ANULADA:
        _sin_objeto(sesion, presentadas(todas), autorizacion)
        cancelar_con(sesion, autorizacion, convocatoria.id, fundamento[:MOTIVO_MAXIMO], Cierre.ANULA)
        return fila
    if decision == EstadoImpugnacion.REVOCADA:
        _sin_objeto(
            sesion, [i for i in presentadas(todas) if i.adjudicacion_id == fila.adjudicacion_id], autorizacion
        )
        _revocar(sesion, convocatoria, fila, fundamento, actor)
    seguir(sesion, convocatoria)
    return fila


def decidieron(sesion: Session, convocatoria: Convocatoria) -> set[UUID]:
    """Who decided what is contested and, of what several signed, all of them: another resolves it. Nobody
    where none is left who administers the entity and acts in the process: time would confirm it, unheard.
    """
    suyas = quienes_hicieron(sesion, "convocatoria.adjudicar", DE_CONVOCATORIA, convocatoria.id)
    codigo = ADJUDICACION_CONJUNTA.codigo
    suyas |= firmaron(sesion, convocatoria.unidad_id, codigo, "convocatoria", convocatoria.id)
    salvo = suyas | fuera_de(sesion, convocatoria.id).apartados
    return suyas if alguien_mas(sesion, convocatoria.unidad_id, Facultad.ADMINISTRAR, salvo) else set()


def _exigir_que_no_decidiera(sesion: Session, actor: Actor, convocatoria: Convocatoria) -> set[UUID]:
    suyas = decidieron(sesion, convocatoria)
    if actor.persona_id in suyas:
        raise SinPapel(
            _("Usted tomó la decisión que se impugna: la resuelve otra persona que administre la entidad.")
        )
    return suyas


def confirmar_por_silencio(sesion: Session, impugnacion_id: UUID) -> bool:
    """An appeal that nobody resolved in its term: the decision stands. False when there is nothing to do."""
    vista = impugnacion_por_id(sesion, impugnacion_id)
    convocatoria = bloquear(sesion, vista.convocatoria_id)
    fila = next(i for i in impugnaciones_de(sesion, convocatoria.id) if i.id == impugnacion_id)
    if fila.estado != EstadoImpugnacion.PRESENTADA or ahora_bd(sesion) < fila.resolver_hasta:
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo para resolver la impugnación"))
    fundamento = _("Nadie la resolvió en su plazo: la decisión queda confirmada.")
    terminar(sesion, fila, EstadoImpugnacion.CONFIRMADA, fundamento, sistema)
    seguir(sesion, convocatoria)
    return True


def _sin_objeto(sesion: Session, filas: list[Impugnacion], quien: Autorizacion) -> None:
    """What was asked for was given, or nothing is left to ask it of."""
    sistema = Autorizacion.propia(Actor.sistema(quien.actor.nombre))
    for fila in filas:
        terminar(
            sesion, fila, EstadoImpugnacion.SIN_OBJETO, _("Otra impugnación ya se resolvió a favor."), sistema
        )


def _revocar(
    sesion: Session, convocatoria: Convocatoria, fila: Impugnacion, fundamento: str, actor: Actor
) -> None:
    vigentes = adjudicaciones_de(sesion, convocatoria.id)
    vigente = vigentes[fila.item_id]
    assert vigente.id == fila.adjudicacion_id
    grupo = grupo_del_item(sesion, convocatoria, fila.item_id)
    assert grupo is not None
    caida, *_las_demas = hacer_caer(
        sesion,
        convocatoria,
        [vigentes[item.id] for item in grupo.items],
        EstadoItem.REVOCADO,
        fundamento[:MOTIVO_MAXIMO],
        actor.nombre,
    )
    if vigente.proveedor_id is not None:
        avisar_caidas(sesion, [caida], actor)
