"""The recipient's word on a delivery whose code was not right: have they got it?"""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.entrega import pruebas_de
from envios.eventos import en_su_zona, entrega_provisional, responder_provisional
from envios.items import EnvioNoEncontrado, envio_por_id, nombre_unidad, recibe, terminos
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios", include_in_schema=False)


class Respuesta(BaseModel):
    lo_tiene: Literal["si", "no"]


RESPUESTA = Formulario(
    "envio.entrega_provisional",
    Respuesta,
    campos.opciones(
        "lo_tiene",
        _l("¿Tiene usted el paquete?"),
        opciones=lambda: [("si", _("Sí, lo recibí")), ("no", _("No lo recibí"))],
        falta=_l("Diga si lo tiene."),
    ),
)
HojaDeRespuesta = Annotated[Hoja[Respuesta], Depends(RESPUESTA)]


def _pagina(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_por_id(sesion, envio_id)
    if not recibe(sesion, actor, envio):
        raise EnvioNoEncontrado()
    dicha = entrega_provisional(sesion, envio)
    return pagina(
        request,
        "envios/escaner/confirmar.html",
        hoja=hoja,
        envio=envio,
        numero=s10.normalizar(envio.numero),
        dicha=dicha,
        cuando=en_su_zona(dicha) if dicha else None,
        hasta=dicha.cuenta_desde + terminos(sesion, envio.creado_en).negar if dicha else None,
        operador=nombre_unidad(sesion, dicha.operador_unidad_id) if dicha else "",
        pruebas=pruebas_de(sesion, envio_id),
        respuesta=RESPUESTA.mostrar(request, enviada=hoja),
    )


@router.get("/{envio_id}/confirmar")
def pagina_confirmar(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina(request, sesion, actor, envio_id)


@router.post("/{envio_id}/confirmar")
def confirmar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        lo_tiene = hoja.datos.lo_tiene == "si"
        responder_provisional(sesion, actor, envio_id, lo_tiene=lo_tiene)
        aviso = (
            _("Gracias: quedó como entregado.")
            if lo_tiene
            else _("Anotado: el operador debe aclarar dónde está su paquete.")
        )
        return redirigir(f"/seguimiento/{envio_por_id(sesion, envio_id).numero}", aviso)
    return _pagina(request, sesion, actor, envio_id, hoja)
