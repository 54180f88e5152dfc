"""Pages at the door: delivery with the code, a failed attempt."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.entrega.entregar import entregar
from envios.entrega.formularios import ENTREGA, INTENTO, HojaDeEntrega, HojaDeIntento
from envios.eventos import Codigo, EventoNuevo, Fuente, exigir_registrado, registrar_evento
from envios.items import (
    FALLOS_MAXIMOS,
    Bandeja,
    contexto,
    envio_del_operador,
    volver,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


@router.get("/{envio_id}/entregar")
def pagina_entregar(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_entregar(request, sesion, actor, envio_id)


def _pagina_entregar(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return pagina(
        request,
        "envios/entrega/entregar.html",
        hoja=hoja,
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        entrega=ENTREGA.mostrar(request, enviada=hoja),
        **contexto(sesion, envio),
    )


@router.post("/{envio_id}/entregar")
def confirmar_entrega(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeEntrega
) -> Response:
    """Hand over against the code; a wrong one counts, although the page is refused."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        datos = hoja.datos
        resultado = entregar(
            sesion,
            actor,
            envio_id,
            datos.codigo_entrega,
            receptor_nombre=datos.receptor_nombre,
            evento_cliente_id=f"f:{hoja.id}",
        )
        if resultado.error is None:
            aviso = _("%(numero)s: entregado.") % {"numero": s10.validar(envio.numero).legible}
            return volver(envio, aviso, Bandeja.EN_REPARTO.value)
        hoja.negar(resultado.error)
    return _pagina_entregar(request, sesion, actor, envio_id, hoja)


@router.get("/{envio_id}/intento")
def pagina_intento(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_intento(request, sesion, actor, envio_id)


def _pagina_intento(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return pagina(
        request,
        "envios/entrega/intento.html",
        hoja=hoja,
        intento=INTENTO.mostrar(request, enviada=hoja),
        **contexto(sesion, envio),
    )


@router.post("/{envio_id}/intento")
def registrar_intento(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeIntento
) -> Response:
    """A failed attempt: why, and what follows."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        nuevo = EventoNuevo(
            codigo=Codigo.EMH,
            envio_id=envio_id,
            motivo=hoja.datos.motivo,
            accion=hoja.datos.accion,
            evento_cliente_id=f"f:{hoja.id}",
        )
        exigir_registrado(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        aviso = _("%(numero)s: intento registrado.") % {"numero": s10.validar(envio.numero).legible}
        return volver(envio, aviso, Bandeja.EN_REPARTO.value)
    return _pagina_intento(request, sesion, actor, envio_id, hoja)
