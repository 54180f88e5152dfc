"""Pages to send to somebody one sends to often."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.billetera.enviar import mirar_destinatario
from pagos.billetera.formularios import ENVIO_A_PERSONA, OLVIDO, HojaDeEnvioAPersona, HojaDeOlvido
from pagos.billetera.frecuentes import Frecuente, frecuente, olvidar
from pagos.billetera.web_codigos import direccion_de_confirmacion
from pagos.libro import cuenta_elegida, cuentas_de

router = APIRouter()


@router.get("/billetera/enviar/a/{persona_id}")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, persona_id: UUID) -> Response:
    return _pagina(request, sesion, actor, frecuente(sesion, actor, persona_id))


def _pagina(
    request: Request, sesion: Session, actor: Actor, conocido: Frecuente, hoja: Hoja[Any] | None = None
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    opciones = [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas]
    return pagina(
        request,
        "pagos/billetera/a_persona.html",
        hoja=hoja,
        destinatario=mirar_destinatario(sesion, actor, conocido.persona_id, conocido.nombre),
        escrito=conocido.nombre,
        monto=None,
        pide=None,
        propio=False,
        cuentas=cuentas,
        accion=f"/billetera/enviar/a/{conocido.persona_id}",
        envio=ENVIO_A_PERSONA.mostrar(
            request, {"cuenta": cuentas[0].id}, enviada=hoja, opciones={"cuenta": opciones}
        ),
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
        elegida = cuenta_elegida(sesion, actor, datos.cuenta)
        if datos.monto is None:
            raise DatosInvalidos(campos={"monto": _("Escriba el monto con números, por ejemplo 1.234,50.")})
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
