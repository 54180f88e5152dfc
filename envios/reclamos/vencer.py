"""What time alone does to a claim."""

from uuid import UUID

from sqlmodel import Session

from envios.reclamos.avisos import avisar_reclamante
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.decidir import aparecio, dejar_sin_objeto, terminar
from envios.reclamos.estados import DEL_OPERADOR, SIN_DECIDIR, EstadoReclamo
from envios.reclamos.modelos import Reclamo
from envios.reclamos.reclamar import oferta_de, tomar_oferta
from envios.reclamos.resolver import callar_autoridad
from envios.reclamos.responder import callar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def vencer(sesion: Session, reclamo_id: UUID) -> bool:
    """Take a claim whose clock ended, or whose item turned up, its next step. False when nothing is due."""
    reclamo, envio = bloquear_reclamo(sesion, reclamo_id)
    if reclamo.estado not in SIN_DECIDIR:
        return False
    autorizacion = Autorizacion.propia(Actor.sistema("plazo de reclamos"))
    if aparecio(reclamo, envio):
        dejar_sin_objeto(sesion, autorizacion, reclamo)
        return True
    assert reclamo.vence_en is not None
    if ahora_bd(sesion) <= reclamo.vence_en:
        return False
    if reclamo.estado in DEL_OPERADOR:
        callar(sesion, autorizacion, reclamo)
    elif reclamo.estado == EstadoReclamo.RECHAZADO:
        _conformar(sesion, autorizacion, reclamo)
    else:
        callar_autoridad(sesion, autorizacion, reclamo)
    return True


def _conformar(sesion: Session, autorizacion: Autorizacion, reclamo: Reclamo) -> None:
    """Nobody took the answer to the authority: it stays, and what it offered is owed."""
    if oferta_de(sesion, reclamo) is not None:
        motivos = _("No se llevó a la autoridad en su plazo: se paga lo ofrecido.")
        tomar_oferta(sesion, autorizacion, reclamo, motivos)
        return
    terminar(sesion, reclamo, EstadoReclamo.CERRADO)
    auditar(sesion, autorizacion, "reclamo.cerrar", "envios_reclamo", reclamo.id, {})
    avisar_reclamante(
        sesion,
        reclamo,
        _("Terminó un reclamo"),
        _("No se llevó a la autoridad en su plazo: quedó la respuesta."),
    )
