"""Pages to send to somebody one sends to often."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import redirigir
from pagos.billetera.enviar import mirar_destinatario
from pagos.billetera.formularios import OLVIDO, HojaDeEnvioAPersona, HojaDeOlvido
from pagos.billetera.frecuentes import Frecuente, frecuente, olvidar
from pagos.billetera.web_a_persona import direccion_de_confirmacion, pagina_a_persona
from pagos.libro import cuenta_elegida

router = APIRouter()


@router.get("/billetera/enviar/a/{persona_id}")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, persona_id: UUID) -> Response:
    return _pagina(request, sesion, actor, frecuente(sesion, actor, persona_id))


def _pagina(
    request: Request, sesion: Session, actor: Actor, conocido: Frecuente, hoja: Hoja[Any] | None = None
) -> Response:
    return pagina_a_persona(
        request,
        sesion,
        actor,
        hoja,
        destinatario=mirar_destinatario(sesion, actor, conocido.persona_id, conocido.nombre),
        escrito=conocido.nombre,
        monto=None,
        pide=None,
        propio=False,
        accion=f"/billetera/enviar/a/{conocido.persona_id}",
        olvido=OLVIDO.mostrar(request, enviada=hoja),
    )


@router.post("/billetera/enviar/a/{persona_id}")
def enviar_a(
    request: Request, sesion: Sesion, actor: ActorRequerido, persona_id: UUID, hoja: HojaDeEnvioAPersona
) -> Response:
    """How much; then the page where every transfer is confirmed."""
    conocido = frecuente(sesion, actor, persona_id)
    with hoja:
        datos = hoja.datos
        elegida = cuenta_elegida(sesion, actor, datos.cuenta, con_otros=False)
        return redirigir(
            direccion_de_confirmacion(elegida.id, persona_id, conocido.nombre, datos.monto, datos.nota)
        )
    return _pagina(request, sesion, actor, conocido, hoja)


@router.post("/billetera/enviar/a/{persona_id}/olvidar")
def quitar(
    request: Request, sesion: Sesion, actor: ActorRequerido, persona_id: UUID, hoja: HojaDeOlvido
) -> Response:
    with hoja:
        olvidar(sesion, actor, persona_id)
        return redirigir("/billetera/enviar", _("Ya no aparece entre las personas a quienes envía."))
    return _pagina(request, sesion, actor, frecuente(sesion, actor, persona_id), hoja)
