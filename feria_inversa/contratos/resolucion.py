"""An order that is late is cut short: the entity says why, or time alone does. What was received is paid."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from feria_inversa.contratos import eventos
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.entregas import dar_por_recibida, esperan_respuesta, se_abandono
from feria_inversa.contratos.errores import EntregasPendientes, OrdenEnPlazo
from feria_inversa.contratos.estados import VIDA_ORDEN, EstadoOrden
from feria_inversa.contratos.garantias import solo_dicha
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.seguimiento import contar_acto
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.papeles import ORDENAR, exigir_papel
from feria_inversa.procesos import exigir_motivo
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def resolver_orden(sesion: Session, actor: Actor, orden_id: UUID, motivo: str) -> OrdenDeCompra:
    """The entity ends an order whose term to deliver passed, or whose supplier said that they had brought a
    guarantee and did not, for a public reason.

    Raises `OrdenEnPlazo`, `EntregasPendientes`, `OrdenNoPermite`, `FaltaMotivo`, `ConflictoDeInteres`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_papel(sesion, actor, convocatoria, ORDENAR)
    exigir_sin_conflicto_al_decidir(sesion, actor, [orden.proveedor_id])
    motivo = exigir_motivo(motivo)
    VIDA_ORDEN.exigir_paso(orden, EstadoOrden.RESUELTA)
    instante = ahora_bd(sesion)
    assert orden.entregar_hasta is not None
    if instante <= orden.entregar_hasta and not solo_dicha(sesion, orden):
        raise OrdenEnPlazo(_("Se resuelve recién cuando pasó el plazo de entrega."))
    if esperan_respuesta(sesion, orden):
        raise EntregasPendientes(_("Responda primero a lo que el proveedor entregó."))
    _cortar(sesion, convocatoria, orden, motivo, autorizacion, instante)
    return orden


def abandonar_orden(sesion: Session, orden_id: UUID) -> bool:
    """An order late for long, of which nobody says anything, ends; False when there is nothing to do."""
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    instante = ahora_bd(sesion)
    if orden.estado != EstadoOrden.VIGENTE or not se_abandono(sesion, orden, instante):
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo de la orden"))
    causa = _("Pasó el plazo de entrega y nadie resolvió la orden.")
    _cortar(sesion, convocatoria, orden, causa, sistema, instante)
    return True


def _cortar(
    sesion: Session,
    convocatoria: Convocatoria,
    orden: OrdenDeCompra,
    causa: str,
    quien: Autorizacion,
    instante: datetime,
) -> None:
    orden.cortada_en, orden.cortada_por, orden.causa = instante, quien.actor.nombre, causa
    if orden.recibido:
        dar_por_recibida(sesion, orden, instante)
    else:
        VIDA_ORDEN.pasar(orden, EstadoOrden.RESUELTA)
        sesion.flush()
    publicar(sesion, eventos.ORDEN_DE_COMPRA_RESUELTA, orden.id, {}, quien)
    contar_acto(
        sesion,
        convocatoria,
        orden,
        quien,
        "orden_de_compra.resolver",
        {"causa": causa},
        instante,
        termina=True,
    )
