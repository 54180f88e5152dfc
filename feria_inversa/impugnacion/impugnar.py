"""Who bid contests the decision on an item in its term, which suspends the process; or withdraws it."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import por_ordenar
from feria_inversa.entidades import exigir_sin_mandato_de
from feria_inversa.evaluacion import adjudicaciones_de
from feria_inversa.impugnacion import eventos
from feria_inversa.impugnacion.consultas import impugnacion_por_id, impugnaciones_de, presentadas
from feria_inversa.impugnacion.errores import ImpugnacionTardia, NoSeImpugna
from feria_inversa.impugnacion.estados import VIDA_IMPUGNACION, EstadoImpugnacion
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.ofertas import oferentes_de
from feria_inversa.procesos import (
    Estado,
    EstadoItem,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    cuenta_para_impugnar,
    exigir_motivo,
    grupo_del_item,
    pasar,
    reanudar,
    vueltos_a_publicar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_impugnacion"


def impugnar(
    sesion: Session, actor: Actor, convocatoria_id: UUID, item_id: UUID, unidad_id: UUID, motivo: str
) -> Impugnacion:
    """Contest the decision in force on an item, and on all that was decided with it: nothing of the process
    goes on until it is resolved.

    Raises `NoSeImpugna` (who did not bid, what they won, what was ordered, what the modality gives no term
    for), `ImpugnacionTardia`, `EstadoNoPermite`, `FaltaMotivo`, `ConflictoDeInteres`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    exigir_sin_mandato_de(sesion, actor, convocatoria.unidad_id)
    motivo = exigir_motivo(motivo)
    if convocatoria.estado not in {Estado.RESUELTO, Estado.IMPUGNADO}:
        raise EstadoNoPermite(_("Se impugna lo que ya se decidió y todavía no se ordenó."))
    if unidad_id not in oferentes_de(sesion, convocatoria_id):
        raise NoSeImpugna(_("Impugna quien ofertó en la convocatoria."))
    _exigir_en_plazo(sesion, convocatoria)
    grupo = grupo_del_item(sesion, convocatoria, item_id)
    item_id = grupo.primero.id if grupo else item_id
    decision = adjudicaciones_de(sesion, convocatoria_id).get(item_id)
    sin_orden = {ganada.item.id for ganada in por_ordenar(sesion, convocatoria_id)}
    if decision is None or (decision.resultado != EstadoItem.DESIERTO and item_id not in sin_orden):
        raise NoSeImpugna(_("Ese ítem no tiene una decisión que se pueda impugnar."))
    if decision.proveedor_id == unidad_id:
        raise NoSeImpugna(_("Su unidad lo ganó: impugna quien no."))
    if item_id in vueltos_a_publicar(sesion, convocatoria_id):
        raise NoSeImpugna(_("Ese ítem ya se volvió a convocar."))
    previas = impugnaciones_de(sesion, convocatoria_id)
    if any((p.adjudicacion_id, p.unidad_id) == (decision.id, unidad_id) for p in previas):
        raise NoSeImpugna(_("Su unidad ya impugnó esa decisión."))
    instante = ahora_bd(sesion)
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    hasta = correr(sesion, "feria.resolver_impugnacion", instante, [lugar]).vence_en
    assert hasta is not None
    fila = Impugnacion(
        id=nuevo_id(),
        convocatoria_id=convocatoria_id,
        item_id=item_id,
        adjudicacion_id=decision.id,
        unidad_id=unidad_id,
        motivo=motivo,
        presentada_en=instante,
        presentada_por=actor.nombre,
        resolver_hasta=hasta,
    )
    sesion.add(fila)
    sesion.flush()
    if convocatoria.estado == Estado.RESUELTO:
        pasar(convocatoria, Estado.IMPUGNADO)
        convocatoria.sigue_en = None
    else:
        convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria_id, ["tenderUpdate"], instante)
    hechos = {"convocatoria_id": str(convocatoria_id)}
    publicar(sesion, eventos.IMPUGNACION_PRESENTADA, fila.id, hechos, autorizacion)
    auditar(sesion, autorizacion, "impugnacion.presentar", OBJETO, fila.id, hechos | {"motivo": motivo})
    sesion.flush()
    return fila


def _exigir_en_plazo(sesion: Session, convocatoria: Convocatoria) -> None:
    computo = cuenta_para_impugnar(sesion, convocatoria)
    if computo is None:
        raise NoSeImpugna(_("La modalidad de esta convocatoria no tiene plazo para impugnar."))
    if computo.vencio(ahora_bd(sesion)):
        raise ImpugnacionTardia(_("El plazo para impugnar terminó."))


def retirar_impugnacion(sesion: Session, actor: Actor, impugnacion_id: UUID) -> Impugnacion:
    """Who presented it takes it back, and the process goes on. Raises `ImpugnacionNoPermite`."""
    vista = impugnacion_por_id(sesion, impugnacion_id)
    convocatoria = bloquear(sesion, vista.convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, vista.unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    fila = next(i for i in impugnaciones_de(sesion, convocatoria.id) if i.id == impugnacion_id)
    terminar(sesion, fila, EstadoImpugnacion.RETIRADA, _("La retiró quien la presentó."), autorizacion)
    seguir(sesion, convocatoria)
    return fila


def terminar(
    sesion: Session, fila: Impugnacion, como: EstadoImpugnacion, fundamento: str, quien: Autorizacion
) -> None:
    """An appeal of a locked process ends. Raises `ImpugnacionNoPermite`, `ImpugnacionTardia`."""
    VIDA_IMPUGNACION.exigir_paso(fila, como)
    instante = ahora_bd(sesion)
    tarde = instante >= fila.resolver_hasta
    if tarde and quien.actor.tipo != "sistema":
        raise ImpugnacionTardia(_("El plazo para resolver terminó: la decisión queda confirmada."))
    fila.resuelta_en, fila.resuelta_por, fila.tacita = instante, quien.actor.nombre, tarde
    fila.fundamento = fundamento
    VIDA_IMPUGNACION.pasar(fila, como)
    sesion.flush()
    publicar(sesion, eventos.IMPUGNACION_TERMINADA, fila.id, {"estado": str(como)}, quien)
    auditar(sesion, quien, f"impugnacion.{como}", OBJETO, fila.id, {"fundamento": fundamento})


def seguir(sesion: Session, convocatoria: Convocatoria) -> None:
    """A process whose last appeal ended goes on: decided again where it was revoked, or as it was."""
    if convocatoria.estado != Estado.IMPUGNADO or presentadas(impugnaciones_de(sesion, convocatoria.id)):
        convocatoria.version += 1
    else:
        reanudar(sesion, convocatoria, ahora_bd(sesion))
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], ahora_bd(sesion))
    sesion.flush()
