"""Pages of shipments for everybody: public tracking, my shipments."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from envios import s10
from envios.entrega import renovar_codigo
from envios.eventos import anular_envio, autorizar_remitente, eventos_de
from envios.items import (
    FALLOS_MAXIMOS,
    EnvioNoEncontrado,
    EstadoEnvio,
    NumeroDeEnvioInvalido,
    Papeles,
    Vista,
    envio_por_numero,
    envio_visible,
    lugares_de,
    nombre_unidad,
    operadores_de,
    partes_de,
    pasos_de,
    recibe,
    remitente_de,
    tono,
    vista_de,
)
from envios.items.modelos import Envio
from envios.seguimiento import web_operador
from envios.seguimiento.formularios import PASO, HojaDePaso
from envios.seguimiento.seguimiento import hitos_de, siguiente_paso
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
# Before the routes below: «operador» must not be read as the id of a shipment.
router.include_router(web_operador.router)

SEGUIMIENTOS_POR_MINUTO = 120


def _caja(request: Request, numero: str, error: str, estado: int) -> HTMLResponse:
    """The number box again, with what is wrong."""
    return pagina(
        request,
        "envios/seguimiento/buscar.html",
        estado,
        numero=numero,
        errores={"numero": error} if error else {},
    )


@router.get("/seguimiento", dependencies=[Depends(publico)])
def buscar(request: Request, numero: Annotated[str, Query(max_length=200)] = "") -> Response:
    if not numero.strip():
        return _caja(request, "", "", 200)
    try:
        limpio = str(s10.validar(s10.normalizar(numero)))
    except s10.NumeroInvalido as error:
        return _caja(request, numero, error.detalle, 422)
    return redirigir(f"/seguimiento/{limpio}")


@router.get("/seguimiento/{numero}", dependencies=[Depends(publico)])
def seguir(request: Request, sesion: Sesion, actor: ActorOpcional, numero: str) -> Response:
    """The timeline: for anybody without personal data, with it for those concerned."""
    direccion = request.client.host if request.client else "sin-direccion"
    limitar("seguimiento-web", direccion, cupo=SEGUIMIENTOS_POR_MINUTO, ventana_s=60)
    numero = numero[:200]
    try:
        envio = envio_por_numero(sesion, numero)
    except NumeroDeEnvioInvalido as error:
        return _caja(request, numero, error.detalle, 422)
    except EnvioNoEncontrado:
        return _caja(
            request,
            numero,
            _("El número está bien escrito, pero no hay un envío con él. Revise que sea el de su paquete."),
            404,
        )
    if numero != envio.numero:
        return redirigir(f"/seguimiento/{envio.numero}")
    return _pagina_de_seguimiento(request, sesion, actor, envio)


def _pagina_de_seguimiento(
    request: Request, sesion: Session, actor: Actor | None, envio: Envio, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    vista = vista_de(sesion, actor, envio)
    eventos = eventos_de(sesion, envio.id)
    return pagina(
        request,
        "envios/seguimiento/seguimiento.html",
        hoja=hoja,
        paso=PASO.mostrar(request, enviada=hoja),
        envio=envio,
        numero=s10.validar(envio.numero),
        vista=vista.value,
        hitos=list(reversed(hitos_de(sesion, eventos, vista))),
        siguiente=siguiente_paso(envio, eventos),
        pasos=pasos_de(envio),
        tono=tono(envio.estado),
        operador=nombre_unidad(sesion, envio.operador_unidad_id),
        remitente=remitente_de(sesion, envio).nombre if vista is not Vista.PUBLICO else "",
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        muestra_codigo=actor is not None and recibe(sesion, actor, envio) and not envio.estado.es_terminal,
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        puede_anular=vista is Vista.REMITENTE and envio.estado is EstadoEnvio.ANUNCIADO,
    )


@router.get("/envios")
def mis_envios(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, papel: str = "recibo"
) -> HTMLResponse:
    """What I receive, and what my units send."""
    papeles = Papeles.de(sesion, actor)
    papel = "envio" if papel == "envio" else "recibo"
    vista = Vista.REMITENTE if papel == "envio" else Vista.DESTINATARIO
    filas, siguiente = paginar(sesion, papeles.envios(vista), cursor, columnas=(Envio.creado_en, Envio.id))
    return pagina(
        request,
        "envios/seguimiento/mis_envios.html",
        envios=filas,
        papel=papel,
        lugares=lugares_de(sesion, filas),
        partes=partes_de(sesion, filas),
        tono=tono,
        tiene_unidades=papeles.tiene_unidades,
        es_operador=bool(operadores_de(sesion, actor)),
        siguiente_url=f"/envios?papel={papel}&cursor={siguiente}" if siguiente else None,
    )


@router.get("/envios/{envio_id}")
def ver(sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    """The address of a shipment by id leads to its tracking page."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return redirigir(f"/seguimiento/{envio.numero}")


@router.post("/envios/{envio_id}/codigo")
def otro_codigo(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        envio = renovar_codigo(sesion, actor, envio_id)
        aviso = _("Su código de entrega es nuevo: el anterior ya no sirve.")
        return redirigir(f"/seguimiento/{envio.numero}", aviso)
    return _rechazado(request, sesion, actor, envio_id, hoja)


@router.post("/envios/{envio_id}/anular")
def anular(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDePaso
) -> Response:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    autorizacion = autorizar_remitente(sesion, actor, envio)
    with hoja:
        anular_envio(sesion, autorizacion, envio_id)
        return redirigir(f"/seguimiento/{envio.numero}", _("El envío quedó anulado."))
    return _rechazado(request, sesion, actor, envio_id, hoja)


def _rechazado(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any]
) -> HTMLResponse:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return _pagina_de_seguimiento(request, sesion, actor, envio, hoja)
