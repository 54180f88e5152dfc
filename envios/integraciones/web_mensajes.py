"""The page of what an operator's program sent and could not be recorded, for the operator's people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios.eventos import CodigoIncorrecto
from envios.integraciones.consultas import desconocidos, pendientes
from envios.integraciones.estados import EstadoMensaje
from envios.integraciones.modelos import MensajeDeOperador
from envios.integraciones.recibir_mensajes import proximo, sin_clave
from envios.integraciones.resolver_mensajes import descartar, probar_de_nuevo
from envios.items import operador_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Formulario, Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador/mensajes", include_in_schema=False)


class Nada(BaseModel):
    """Only the button."""


PROBAR = Formulario("envio.mensaje.probar", Nada)
DESCARTAR = Formulario("envio.mensaje.descartar", Nada)
HojaDePrueba = Annotated[Hoja[Nada], Depends(PROBAR)]
HojaDeDescarte = Annotated[Hoja[Nada], Depends(DESCARTAR)]


@dataclass(frozen=True, slots=True)
class MensajeALaVista:
    id: UUID
    envio: str
    recibido_en: datetime
    estado: EstadoMensaje
    detalle: str
    dice: str
    proximo: datetime | None
    se_prueba: bool

    @classmethod
    def de(cls, fila: MensajeDeOperador) -> "MensajeALaVista":
        return cls(
            id=fila.id,
            envio=fila.envio_numero,
            recibido_en=fila.recibido_en,
            estado=fila.estado,
            detalle=fila.detalle,
            dice=sin_clave(fila.contenido)[:300],
            proximo=proximo(fila),
            se_prueba=fila.error_codigo != CodigoIncorrecto.codigo,
        )


@router.get("")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None) -> HTMLResponse:
    return _pagina(request, sesion, actor, unidad)


@router.post("/{mensaje_id}/probar")
def probar(
    request: Request, sesion: Sesion, actor: ActorRequerido, mensaje_id: UUID, hoja: HojaDePrueba
) -> Response:
    with hoja:
        fila = probar_de_nuevo(sesion, actor, mensaje_id)
        hecho = fila.estado is EstadoMensaje.REGISTRADO
        aviso = (
            _("Registrado.") if hecho else _("Sigue sin poder registrarse: %(por)s") % {"por": fila.detalle}
        )
        return redirigir(f"/envios/operador/mensajes?unidad={fila.operador_unidad_id}", aviso)
    return _pagina(request, sesion, actor, None, hoja)


@router.post("/{mensaje_id}/descartar")
def dejar(
    request: Request, sesion: Sesion, actor: ActorRequerido, mensaje_id: UUID, hoja: HojaDeDescarte
) -> Response:
    with hoja:
        fila = descartar(sesion, actor, mensaje_id)
        return redirigir(
            f"/envios/operador/mensajes?unidad={fila.operador_unidad_id}", _("Mensaje descartado.")
        )
    return _pagina(request, sesion, actor, None, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: UUID | None, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    operador, todos = operador_de(sesion, actor, unidad)
    return pagina(
        request,
        "envios/integraciones/mensajes.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        mensajes=[MensajeALaVista.de(fila) for fila in pendientes(sesion, operador.id)],
        desconocidos=desconocidos(sesion, operador.id),
        probar=PROBAR.mostrar(request),
        descartar=DESCARTAR.mostrar(request),
    )
