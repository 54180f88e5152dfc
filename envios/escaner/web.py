"""The scanner page: one item after another, with the same event."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    Unidad,
)
from envios import s10
from envios.escaner.formularios import ESCANEO, Escaneo, HojaDeEscaneo
from envios.eventos import (
    CODIGOS,
    Codigo,
    EventoNuevo,
    Fuente,
    OtroOperador,
    exigir_registrado,
    registrar_evento,
)
from envios.items import (
    envio_por_numero,
    lugares_de,
    operador_de,
)
from envios.items.modelos import Envio
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


def _pagina_escanear(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    valores: dict[str, str] | None = None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    operador, todos = operador_de(sesion, actor, unidad)
    return pagina(
        request,
        "envios/escaner/escanear.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        escaneo=ESCANEO.mostrar(request, valores, enviada=hoja),
    )


@router.get("/escanear")
def escanear(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    codigo: str = "",
    lugar: str = "",
) -> HTMLResponse:
    valores = {"codigo": codigo[:10], "lugar": lugar[:120]}
    return _pagina_escanear(request, sesion, actor, unidad, valores)


@router.post("/escanear")
def registrar_escaneo(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEscaneo,
    unidad: UUID | None = None,
) -> Response:
    """One scan: on success the page is ready for the next item with the same event."""
    operador, _todos = operador_de(sesion, actor, unidad)
    with hoja:
        datos = hoja.datos
        envio = _escaneado(sesion, actor, operador, datos, hoja.id)
        aviso = _("%(numero)s: %(texto)s. Destino: %(destino)s.") % {
            "numero": s10.validar(envio.numero).legible,
            "texto": CODIGOS[datos.codigo].texto.lower(),
            "destino": lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, ""),
        }
        sigue = urlencode({"unidad": operador.id, "codigo": datos.codigo.value, "lugar": datos.lugar})
        return redirigir(f"/envios/operador/escanear?{sigue}", aviso)
    return _pagina_escanear(request, sesion, actor, operador.id, hoja=hoja)


def _escaneado(sesion: Session, actor: Actor, operador: Unidad, datos: Escaneo, id: UUID) -> Envio:
    """The item, with its event recorded; whatever is wrong with it is said of its number."""
    fallido = datos.codigo is Codigo.EMH
    try:
        envio = envio_por_numero(sesion, datos.numero)
        if envio.operador_unidad_id != operador.id:
            raise OtroOperador(_("Ese envío lo lleva otro operador."))
        nuevo = EventoNuevo(
            codigo=datos.codigo,
            envio_id=envio.id,
            evento_cliente_id=f"f:{id}",
            motivo=datos.motivo if fallido else None,
            accion=datos.accion if fallido else None,
            lugar=datos.lugar,
        )
        exigir_registrado(registrar_evento(sesion, actor, envio.id, nuevo, Fuente.ESCANER))
    except ErrorDominio as error:
        raise DatosInvalidos(error.detalle, campos={"numero": error.detalle}) from error
    return envio
