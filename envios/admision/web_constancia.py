"""Pages of the receipt of posting: for who sends and the operator, on paper, and for whoever verifies it."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from envios.admision.constancia import constancia_de, constancia_publica
from envios.admision.constancia_pdf import hacer_pdf
from envios.items import (
    EnvioNoEncontrado,
    NumeroDeEnvioInvalido,
    Vista,
    envio_por_numero,
    envio_visible,
    remitente_de,
)
from envios.items.modelos import Envio
from envios.operadores import agencias_del_actor
from envios.portes import excedente_de_item
from envios.tarifas import peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import NoEncontrado
from nucleo.limites import limitar_direccion
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter(include_in_schema=False)
VERIFICACIONES_POR_MINUTO = 60


def _suyo(sesion: Sesion, actor: Actor, envio_id: UUID) -> tuple[Envio, Vista]:
    envio, vista = envio_visible(sesion, actor, envio_id)
    if vista not in (Vista.REMITENTE, Vista.OPERADOR):
        raise EnvioNoEncontrado(_("La constancia es de quien envía y del operador."))
    return envio, vista


@router.get("/envios/{envio_id}/constancia")
def ver_constancia(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    envio, vista = _suyo(sesion, actor, envio_id)
    constancia = constancia_de(sesion, actor, envio, vista, remitente_de(sesion, envio).nombre)
    excedente = excedente_de_item(sesion, envio.id)
    agencias = agencias_del_actor(sesion, actor, envio.operador_unidad_id) if vista is Vista.OPERADOR else []
    suya = next((a.id for a in agencias if a.id == constancia.agencia_id), None)
    return pagina(
        request,
        "envios/admision/constancia.html",
        c=constancia,
        envio=envio,
        es_operador=vista is Vista.OPERADOR,
        falta=excedente.monto if excedente is not None and excedente.espera else None,
        mostrador=f"/envios/mostrador/{suya}" if suya else "/envios/mostrador",
        en_palabras=peso_en_palabras,
    )


@router.get("/envios/{envio_id}/constancia.pdf")
def bajar_constancia(sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    envio, vista = _suyo(sesion, actor, envio_id)
    constancia = constancia_de(sesion, actor, envio, vista, remitente_de(sesion, envio).nombre)
    return Response(
        hacer_pdf(constancia),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="constancia-{envio.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@router.get("/seguimiento/{numero}/admision", dependencies=[Depends(publico)])
def verificar_constancia(request: Request, sesion: Sesion, numero: str) -> Response:
    """Whether a paper that somebody shows is true: where, when and how heavy; nobody's data."""
    limitar_direccion(request, "envios.constancia", cupo=VERIFICACIONES_POR_MINUTO, ventana_s=60)
    try:
        constancia = constancia_publica(sesion, envio_por_numero(sesion, numero[:60]))
    except (NoEncontrado, NumeroDeEnvioInvalido):
        return pagina(request, "envios/admision/verificar.html", 404, c=None, numero=numero[:60])
    return pagina(request, "envios/admision/verificar.html", c=constancia, en_palabras=peso_en_palabras)
