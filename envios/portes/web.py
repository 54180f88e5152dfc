"""Pages of a postage, for who pays or carries it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from envios.portes.accesos import porte_a_la_vista
from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.excedentes import aceptar_excedente, excedente_en_efectivo, rechazar_excedente
from envios.portes.formularios import (
    ACEPTACION,
    EN_VENTANILLA,
    RECHAZO,
    HojaDeAceptacion,
    HojaDeRechazo,
    HojaEnVentanilla,
)
from envios.portes.web_cuentas import router as cuentas
from envios.tarifas import peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import obtener_cuenta

router = APIRouter(include_in_schema=False)
router.include_router(cuentas)


@router.get("/envios/{envio_id}/franqueo")
def ver_franqueo(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    return _pagina(request, sesion, actor, envio_id)


def _pagina(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    visto = porte_a_la_vista(sesion, actor, envio_id)
    porte, excedente = visto.porte, visto.excedente
    espera = excedente is not None and excedente.estado == EstadoExcedente.POR_CONSENTIR
    paga = visto.paga and espera
    return pagina(
        request,
        "envios/portes/franqueo.html",
        hoja=hoja,
        envio=visto.envio,
        porte=porte,
        estado_del_porte=EstadoPorte(porte.estado),
        excedente=excedente,
        estado_excedente=EstadoExcedente(excedente.estado) if excedente else None,
        solo_cobro=visto.solo_cobro,
        en_palabras=peso_en_palabras,
        disponible=obtener_cuenta(sesion, porte.cuenta).disponible if paga and porte.cuenta else None,
        aceptacion=ACEPTACION.mostrar(request, enviada=hoja) if paga else None,
        rechazo=RECHAZO.mostrar(request, enviada=hoja) if paga else None,
        en_ventanilla=EN_VENTANILLA.mostrar(request, enviada=hoja) if visto.opera and espera else None,
    )


@router.post("/envios/{envio_id}/franqueo/aceptar")
def aceptar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeAceptacion
) -> Response:
    porte_a_la_vista(sesion, actor, envio_id)
    with hoja:
        fila = aceptar_excedente(sesion, actor, envio_id)
        aviso = _("Pagó %(monto)s: el operador ya puede llevar su paquete.") % {
            "monto": formato_bs(fila.monto)
        }
        return redirigir(f"/envios/{envio_id}/franqueo", aviso)
    return _pagina(request, sesion, actor, envio_id, hoja)


@router.post("/envios/{envio_id}/franqueo/rechazar")
def rechazar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeRechazo
) -> Response:
    porte_a_la_vista(sesion, actor, envio_id)
    with hoja:
        rechazar_excedente(sesion, actor, envio_id)
        return redirigir(f"/envios/{envio_id}/franqueo", _("No se le cobra nada más."))
    return _pagina(request, sesion, actor, envio_id, hoja)


@router.post("/envios/{envio_id}/franqueo/en-ventanilla")
def anotar_en_ventanilla(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaEnVentanilla
) -> Response:
    porte_a_la_vista(sesion, actor, envio_id)
    with hoja:
        fila = excedente_en_efectivo(sesion, actor, envio_id)
        aviso = _("Anotó que le pagaron %(monto)s en efectivo.") % {"monto": formato_bs(fila.monto)}
        return redirigir(f"/envios/{envio_id}/franqueo", aviso)
    return _pagina(request, sesion, actor, envio_id, hoja)
