"""Who won accepts the order or declines it; so does silence. Then what was ordered is decided again."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    devolver_compromiso,
    exigir_facultad,
    unidad_por_id,
)
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import eventos
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.consultas import acto_de_emision, lineas_de_orden
from feria_inversa.contratos.errores import AceptacionTardia, FaltaGarantia
from feria_inversa.contratos.estados import VIDA_ORDEN, EstadoOrden
from feria_inversa.contratos.garantias import falta_garantia
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.entidades import ProveedorNoHabilitado, exigir_sin_mandato_de, habilitados
from feria_inversa.evaluacion import adjudicaciones_de, hacer_caer
from feria_inversa.procesos import EstadoItem, exigir_motivo
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plazos import correr, fin_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

OBJETO = "feria_orden_de_compra"


def aceptar_orden(
    sesion: Session, actor: Actor, orden_id: UUID, *, garantia_entregada: bool = False
) -> OrdenDeCompra:
    """The supplier takes the order: from then on it binds both. Where its guarantee is not written down, they
    say that they brought it: what their entity does not write is not theirs to answer for.

    Raises `AceptacionTardia`, `OrdenNoPermite`, `FaltaGarantia`, `ConflictoDeInteres`,
    `ProveedorNoHabilitado`.
    """
    _convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.proveedor_id, Facultad.OFERTAR, orden.total)
    return aceptar_con(sesion, autorizacion, orden_id, garantia_entregada=garantia_entregada)


def aceptar_con(
    sesion: Session, autorizacion: Autorizacion, orden_id: UUID, *, garantia_entregada: bool = False
) -> OrdenDeCompra:
    """`aceptar_orden` for a caller that already holds the authority."""
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    exigir_sin_mandato_de(sesion, autorizacion.actor, orden.unidad_id)
    if not habilitados(sesion, [orden.proveedor_id]):
        raise ProveedorNoHabilitado(_("Su unidad hoy no está habilitada para contratar con el Estado."))
    VIDA_ORDEN.exigir_paso(orden, EstadoOrden.VIGENTE)
    falta = falta_garantia(sesion, convocatoria, orden)
    if falta and not garantia_entregada:
        raise FaltaGarantia(
            _("Entregue a la entidad su garantía de cumplimiento y dígalo aquí, si ella no la anotó.")
        )
    hasta = fin_del_dia(fecha_bolivia(ahora_bd(sesion)) + timedelta(days=orden.plazo_dias))
    abandono = plazo_de_abandono(sesion, orden, hasta)
    _responder(sesion, orden, EstadoOrden.VIGENTE, autorizacion.actor.nombre)
    orden.entregar_hasta, orden.cortar_en = hasta, abandono
    orden.garantia_dicha_en = orden.respondida_en if falta else None
    _publicar_respuesta(
        sesion, convocatoria, orden, ["contractUpdate"], autorizacion, "orden_de_compra.aceptar"
    )
    return orden


def plazo_de_abandono(sesion: Session, orden: OrdenDeCompra, desde: datetime) -> datetime:
    """Until when an order that is late from an instant on waits for who gave it."""
    lugar = unidad_por_id(sesion, orden.unidad_id).municipio_ine
    hasta = correr(sesion, "feria.abandono_de_orden", desde, [lugar]).vence_en
    assert hasta is not None
    return hasta


def rechazar_orden(sesion: Session, actor: Actor, orden_id: UUID, motivo: str) -> OrdenDeCompra:
    """The supplier declines the order for a public reason, and its items wait to be decided again.

    Raises `AceptacionTardia`, `OrdenNoPermite`, `FaltaMotivo`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.proveedor_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    motivo = exigir_motivo(motivo)
    _responder(sesion, orden, EstadoOrden.RECHAZADA, actor.nombre)
    _caer(sesion, convocatoria, orden, motivo, actor.nombre)
    _publicar_respuesta(
        sesion,
        convocatoria,
        orden,
        ["contractUpdate", "awardCancellation"],
        autorizacion,
        "orden_de_compra.rechazar",
    )
    return orden


def vencer_orden(sesion: Session, orden_id: UUID) -> bool:
    """An order that nobody answered in its term falls; False when there is nothing to do."""
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    if orden.estado != EstadoOrden.POR_ACEPTAR or ahora_bd(sesion) < orden.aceptar_hasta:
        return False
    sistema = Actor.sistema("plazo para aceptar la orden")
    orden.respondida_en, orden.respondida_por = ahora_bd(sesion), sistema.nombre
    VIDA_ORDEN.pasar(orden, EstadoOrden.VENCIDA)
    _caer(sesion, convocatoria, orden, _("No aceptó la orden de compra en su plazo."), sistema.nombre)
    _publicar_respuesta(
        sesion,
        convocatoria,
        orden,
        ["contractUpdate", "awardCancellation"],
        Autorizacion.propia(sistema),
        "orden_de_compra.vencer",
    )
    return True


def _responder(sesion: Session, orden: OrdenDeCompra, hacia: EstadoOrden, quien: str) -> None:
    VIDA_ORDEN.exigir_paso(orden, hacia)
    instante = ahora_bd(sesion)
    if instante >= orden.aceptar_hasta:
        raise AceptacionTardia(_("El plazo para responder terminó: la adjudicación queda sin efecto."))
    orden.respondida_en, orden.respondida_por = instante, quien
    VIDA_ORDEN.pasar(orden, hacia)


def _caer(sesion: Session, convocatoria: Convocatoria, orden: OrdenDeCompra, motivo: str, quien: str) -> None:
    """The order is none, nor its awards, and who gave them has their amounts back."""
    orden.motivo = motivo
    lineas = lineas_de_orden(sesion, orden.id)
    convocatoria.items_ordenados -= len(lineas)
    sesion.flush()
    vigentes = adjudicaciones_de(sesion, convocatoria.id)
    caen = [vigentes[linea.item_id] for linea in lineas]
    hacer_caer(sesion, convocatoria, caen, EstadoItem.DESISTIDO, motivo, quien)
    devolver_compromiso(sesion, acto_de_emision(sesion, orden), orden.total)


def _publicar_respuesta(
    sesion: Session,
    convocatoria: Convocatoria,
    orden: OrdenDeCompra,
    etiquetas: list[str],
    quien: Autorizacion,
    accion: str,
) -> None:
    """The act is published, told and audited."""
    assert orden.respondida_en is not None
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, etiquetas, orden.respondida_en)
    hechos = {"convocatoria_id": str(convocatoria.id), "estado": str(orden.estado)}
    publicar(sesion, eventos.ORDEN_DE_COMPRA_RESPONDIDA, orden.id, hechos, quien)
    datos = hechos | ({"motivo": orden.motivo} if orden.motivo else {})
    auditar(sesion, quien, accion, OBJETO, orden.id, datos)
    sesion.flush()
