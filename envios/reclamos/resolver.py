"""The authority's side: what was taken to it, decided with reasons; and what its silence means."""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import Materia, exigir_competencia
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.consultas import reclamante_de, reclamo_visible
from envios.reclamos.decidir import (
    contar_decision,
    decidir,
    exigir_por_decidir,
    fijar,
    remanente,
    terminar,
)
from envios.reclamos.errores import ReclamoNoAdmite
from envios.reclamos.estados import EstadoReclamo, QuienDecide, Sentido
from envios.reclamos.modelos import Reclamo
from envios.reclamos.reclamar import lo_ofrecido
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.textos import gettext as _


def autorizar_autoridad(sesion: Session, actor: Actor, reclamo: Reclamo) -> Autorizacion:
    """Of an authority that supervises postal operators, with no part in the case on either side."""
    parte = reclamante_de(sesion, reclamo)
    exigir_competencia(sesion, actor, Materia.ENVIOS, unidad_id=parte.unidad_id, persona_id=parte.persona_id)
    return exigir_competencia(sesion, actor, Materia.ENVIOS, unidad_id=reclamo.operador_unidad_id)


def resolver(
    sesion: Session,
    actor: Actor,
    reclamo_id: UUID,
    *,
    motivos: str,
    contenido: Money | None = None,
    devuelve_porte: bool = False,
) -> Reclamo:
    """Decide a claim taken to the authority: what the operator pays for the contents, and whether it gives
    the postage back; nothing of both is against the claimant.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `SinCompetencia`, `CasoPropio`, `ReclamoNoAdmite`,
    `ReclamoVencido`, `DatosInvalidos`.
    """
    visto, _lado = reclamo_visible(sesion, actor, reclamo_id)
    autorizacion = autorizar_autoridad(sesion, actor, visto)
    reclamo, envio = bloquear_reclamo(sesion, reclamo_id)
    if reclamo.estado != EstadoReclamo.ANTE_REGULADOR:
        raise ReclamoNoAdmite(_("Este reclamo no espera a la autoridad."), estado_actual=reclamo.estado)
    exigir_por_decidir(sesion, reclamo, envio)
    texto = texto_obligatorio("motivos", motivos, _("Funde la decisión: escriba sus motivos."))
    tope, porte = remanente(sesion, reclamo)
    monto = contenido or cero()
    if monto < cero() or monto > tope:
        error = _("Lo más que se puede pagar por el contenido es %(tope)s.") % {"tope": formato_bs(tope)}
        raise DatosInvalidos(error, campos={"contenido": error})
    porte = porte if devuelve_porte else cero()
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.REGULADOR,
        sentido=Sentido.FAVOR if monto + porte else Sentido.CONTRA,
        motivos=texto,
        contenido=monto,
        porte=porte,
    )
    fijar(sesion, autorizacion, reclamo, decision, EstadoReclamo.RESUELTO)
    contar_decision(sesion, reclamo, decision, _("La autoridad resolvió el reclamo"))
    return reclamo


def callar_autoridad(sesion: Session, autorizacion: Autorizacion, reclamo: Reclamo) -> None:
    """The authority said nothing in its term: what the operator answered stays, its offer too."""
    contenido, porte = lo_ofrecido(sesion, reclamo)
    oferta = contenido + porte
    decision = decidir(
        sesion,
        autorizacion,
        reclamo,
        quien=QuienDecide.SILENCIO_REGULADOR,
        sentido=Sentido.PARTE if oferta else Sentido.CONTRA,
        motivos=_("La autoridad no resolvió en su plazo: queda lo que respondió el operador."),
        contenido=contenido,
        porte=porte,
    )
    if oferta:
        fijar(sesion, autorizacion, reclamo, decision, EstadoReclamo.ACEPTADO)
    else:
        terminar(sesion, reclamo, EstadoReclamo.CERRADO)
    contar_decision(sesion, reclamo, decision, _("La autoridad no resolvió el reclamo a tiempo"))
