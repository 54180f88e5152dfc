"""The operator's side: accept, refuse, offer a part; and what its silence means."""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.consultas import reclamo_visible
from envios.reclamos.decidir import (
    contar_decision,
    decidir,
    exigir_por_decidir,
    fijar,
    mover,
    remanente,
)
from envios.reclamos.errores import ReclamoNoAdmite
from envios.reclamos.estados import DEL_OPERADOR, ClaseReclamo, EstadoReclamo, QuienDecide, Sentido
from envios.reclamos.modelos import Reclamo
from envios.reclamos.reclamar import IMPUGNAR
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.plazos import correr
from nucleo.textos import gettext as _


def aceptar(sesion: Session, actor: Actor, reclamo_id: UUID, motivos: str) -> Reclamo:
    """Accept what is claimed, up to what the rule pays; for who administers the operator.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoVencido`, `ReclamoNoAdmite`, `DatosInvalidos`.
    """
    reclamo, autorizacion = _por_responder(sesion, actor, reclamo_id)
    texto = texto_obligatorio("motivos", motivos, _("Diga qué se averiguó."))
    contenido, porte = remanente(sesion, reclamo)
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.OPERADOR,
        sentido=Sentido.FAVOR,
        motivos=texto,
        contenido=contenido,
        porte=porte,
    )
    fijar(sesion, autorizacion, reclamo, decision, EstadoReclamo.ACEPTADO)
    contar_decision(sesion, reclamo, decision, _("El operador aceptó el reclamo"))
    return reclamo


def rechazar(
    sesion: Session, actor: Actor, reclamo_id: UUID, motivos: str, ofrece: Money | None = None
) -> Reclamo:
    """Refuse it, or offer less than what is claimed for the contents: the claimant takes it, goes to the
    authority, or lets the term pass (what was offered is then owed).

    Raises what `aceptar` does, and `CalendarioSinPublicar`.
    """
    reclamo, autorizacion = _por_responder(sesion, actor, reclamo_id)
    texto = texto_obligatorio("motivos", motivos, _("Diga por qué no se acepta."))
    oferta = ofrece or cero()
    tope = remanente(sesion, reclamo)[0]
    if oferta and reclamo.clase == ClaseReclamo.DEMORA:
        error = _("De una demora se devuelve el porte, o nada.")
        raise DatosInvalidos(error, campos={"ofrece": error})
    if oferta < cero() or (oferta and oferta >= tope):
        error = _("Ofrezca menos de %(tope)s; para pagar todo, acéptelo.") % {"tope": formato_bs(tope)}
        raise DatosInvalidos(error, campos={"ofrece": error})
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.OPERADOR,
        sentido=Sentido.PARTE if oferta else Sentido.CONTRA,
        motivos=texto,
        contenido=oferta,
    )
    reclamo.respondido_en = decision.decidido_en
    vence_en = correr(sesion, IMPUGNAR, decision.decidido_en, [reclamo.lugar]).vence_en
    mover(sesion, reclamo, EstadoReclamo.RECHAZADO, vence_en)
    contar_decision(sesion, reclamo, decision, _("El operador respondió el reclamo"))
    return reclamo


def _por_responder(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Autorizacion]:
    visto, _lado = reclamo_visible(sesion, actor, reclamo_id)
    autorizacion = exigir_facultad(
        sesion, actor, visto.operador_unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    reclamo, envio = bloquear_reclamo(sesion, reclamo_id)
    if reclamo.estado not in DEL_OPERADOR:
        raise ReclamoNoAdmite(_("Este reclamo ya se respondió."), estado_actual=reclamo.estado)
    exigir_por_decidir(sesion, reclamo, envio)
    return reclamo, autorizacion


def callar(sesion: Session, autorizacion: Autorizacion, reclamo: Reclamo) -> None:
    """The operator said nothing in its term: decided against it, for all that may be paid."""
    contenido, porte = remanente(sesion, reclamo)
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.SILENCIO,
        sentido=Sentido.FAVOR,
        motivos=_("El operador no respondió en su plazo: el reclamo se tiene por aceptado."),
        contenido=contenido,
        porte=porte,
    )
    fijar(sesion, autorizacion, reclamo, decision, EstadoReclamo.ACEPTADO)
    contar_decision(sesion, reclamo, decision, _("El operador no respondió el reclamo a tiempo"))
