"""The pages of a person's saved cards. The card itself is written on the gateway's page."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.tarjetas.consultas import tarjeta_por_id, tarjetas_de
from pagos.tarjetas.estados import EstadoTarjeta
from pagos.tarjetas.guardadas.conciliar import avanzar_tarjeta
from pagos.tarjetas.guardadas.formularios import GUARDAR, QUITAR, HojaDeGuardar, HojaDeQuitar
from pagos.tarjetas.guardadas.guardar import MAXIMAS, consentimiento, guardar_tarjeta, propia, quitar_tarjeta
from pagos.tarjetas.ida import cabeceras_de_ida, preguntar
from pagos.tarjetas.palabras import nombre_de_tarjeta
from pagos.tarjetas.puerta import tarjetas_disponibles, usa_simulacion

router = APIRouter(tags=["pagos con tarjeta"])
MIS_TARJETAS = "/billetera/tarjetas"


@router.get(MIS_TARJETAS)
def mis_tarjetas(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor)


def _pagina(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    suyas = tarjetas_de(sesion, actor.persona_id) if actor.persona_id is not None else ()
    respuesta = pagina(
        request,
        "pagos/tarjetas/guardadas.html",
        hoja=hoja,
        tarjetas=[
            (t, nombre_de_tarjeta(t), QUITAR.mostrar(request, enviada=hoja, de=str(t.id))) for t in suyas
        ],
        maximas=MAXIMAS,
        disponibles=tarjetas_disponibles(),
        simulada=usa_simulacion(),
        consentimiento=consentimiento(),
        guardar=GUARDAR.mostrar(request, enviada=hoja),
    )
    respuesta.headers.update(cabeceras_de_ida(request))
    return respuesta


@router.post(MIS_TARJETAS)
def empezar_a_guardar(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeGuardar
) -> Response:
    """Write down that the person agrees, open the gateway's page and go there. Twice opens the same."""
    with hoja:
        tarjeta = guardar_tarjeta(sesion, actor, id=hoja.id, consiente=hoja.datos.consiente)
        nueva = tarjeta.envios == 0
    if hoja.rechazada:
        return _pagina(request, sesion, actor, hoja)
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    if nueva:
        preguntar(avanzar_tarjeta, hoja.id)
    lista = tarjeta_por_id(sesion, hoja.id)
    if lista.estado == EstadoTarjeta.POR_ESCRIBIR and lista.accion_url:
        return RedirectResponse(lista.accion_url, 303)
    return redirigir(MIS_TARJETAS, _("La pasarela de tarjetas tarda en responder. Mire aquí en un momento."))


@router.get(MIS_TARJETAS + "/{tarjeta_id}")
def volver_de_la_pasarela(tarjeta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Whoever comes back from the gateway gets a fresh look, told in the list."""
    propia(sesion, actor, tarjeta_id)
    sesion.commit()
    preguntar(avanzar_tarjeta, tarjeta_id)
    tarjeta = tarjeta_por_id(sesion, tarjeta_id)
    nombre = {"tarjeta": nombre_de_tarjeta(tarjeta)}
    dicho = {
        EstadoTarjeta.GUARDADA: _("Guardamos su tarjeta: %(tarjeta)s.") % nombre,
        EstadoTarjeta.POR_QUITAR: _("%(tarjeta)s ya no se usa aquí.") % nombre,
        EstadoTarjeta.QUITADA: _("%(tarjeta)s ya no se usa aquí.") % nombre,
        EstadoTarjeta.DESCARTADA: _("No se guardó ninguna tarjeta. Puede empezar otra vez."),
    }
    if tarjeta.motivo == "repetida":
        return redirigir(MIS_TARJETAS, _("Esa tarjeta ya estaba guardada: %(tarjeta)s.") % nombre)
    espera = _("Falta que escriba la tarjeta en la página segura.")
    return redirigir(MIS_TARJETAS, dicho.get(EstadoTarjeta(tarjeta.estado), espera))


@router.post(MIS_TARJETAS + "/{tarjeta_id}/quitar")
def quitar(
    request: Request, tarjeta_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeQuitar
) -> Response:
    with hoja:
        quitar_tarjeta(sesion, actor, tarjeta_id)
    if hoja.rechazada:
        return _pagina(request, sesion, actor, hoja)
    sesion.commit()
    preguntar(avanzar_tarjeta, tarjeta_id)
    return redirigir(MIS_TARJETAS, _("Quitamos la tarjeta: ya no se puede cobrar con ella aquí."))
