"""How an error is answered: problem details under `/api`, a page that says what to do elsewhere."""

import json
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as SinConexion
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from nucleo.auditoria import solicitud_actual
from nucleo.errores import (
    DatosInvalidos,
    ErrorDominio,
    NoAutenticado,
    Problema,
    mensaje_de_validacion,
    ocupado,
    titulo_de,
)
from nucleo.formularios import Hoja, formulario_de_la_ruta
from nucleo.formularios.guardados import direccion, poner_galleta
from nucleo.plantillas import renderizar
from nucleo.textos import gettext as _

registro = structlog.get_logger(__name__)

RUTAS_DE_MAQUINA = ("/api/", "/ocds/", "/oauth/", "/salud/", "/metrics", "/openapi.json", "/escaner/")
PAGINAS = {403, 404, 405, 409, 412, 422, 429, 500, 503}
BLOQUEO_DE_BD = {"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300"}


def es_de_maquina(request: Request) -> bool:
    return request.url.path.startswith(RUTAS_DE_MAQUINA)


def _json(cuerpo: dict[str, Any], estado: int, cabeceras: dict[str, str] | None = None) -> Response:
    contenido = json.dumps(cuerpo, ensure_ascii=False).encode()
    return Response(contenido, estado, cabeceras, media_type="application/problem+json")


def respuesta_problema(error: ErrorDominio) -> Response:
    return _json(error.problema(solicitud_actual.get()), error.estado, error.cabeceras)


def respuesta_problema_inesperado() -> Response:
    problema = Problema(
        type="/errores/error_interno",
        title=_("Error interno"),
        status=500,
        detail=_("No fue su culpa y nada cambió. Repita la solicitud; si vuelve a fallar, cite su número."),
        codigo="error_interno",
        solicitud=solicitud_actual.get(),
    )
    return _json(problema.model_dump(exclude_none=True), 500)


def pagina_de_error(
    request: Request, estado: int, titulo: str, detalle: str, codigo: str, faltas: Collection[str] = ()
) -> Response:
    plantilla = f"errores/{estado if estado in PAGINAS else 'error'}.html"
    html = renderizar(
        plantilla,
        request=request,
        estado=estado,
        titulo=titulo,
        detalle=detalle,
        codigo=codigo,
        faltas=faltas,
        solicitud=solicitud_actual.get(),
    )
    return HTMLResponse(html, estado)


async def _ir_a_ingresar(request: Request, error: NoAutenticado) -> Response:
    """To sign in and come back to this page, or to the one whose form was sent, with what was typed in it."""
    pagina, secreto = direccion(request), None
    formulario = formulario_de_la_ruta(request)
    if formulario is not None:
        try:
            hoja = Hoja(formulario, await formulario.leer(request))
        except (ErrorDominio, HTTPException):  # not even readable: there is nothing to keep
            hoja = None
        if hoja is not None:
            pagina = hoja.pagina or pagina
            secreto = await run_in_threadpool(hoja.guardar, request, pagina)
    destino = {"volver": pagina}
    if "max_age" in error.extra:
        destino["max_age"] = str(error.extra["max_age"])
    respuesta = RedirectResponse(f"/ingresar?{urlencode(destino)}", 303)
    if secreto is not None:
        poner_galleta(respuesta, secreto)
    return respuesta


async def _error_dominio(request: Request, error: Exception) -> Response:
    assert isinstance(error, ErrorDominio)
    if es_de_maquina(request):
        return respuesta_problema(error)
    if isinstance(error, NoAutenticado):
        return await _ir_a_ingresar(request, error)
    # No input is on this page to be marked: what is wrong is listed, once.
    faltas = [f for f in dict.fromkeys((error.campos or {}).values()) if f not in error.detalle]
    respuesta = pagina_de_error(request, error.estado, error.titulo, error.detalle, error.codigo, faltas)
    respuesta.headers.update(error.cabeceras)
    return respuesta


def _faltas(error: RequestValidationError) -> dict[tuple[str, str], str]:
    """What is wrong by its place: (body, query, path or header; name)."""
    faltas: dict[tuple[str, str], str] = {}
    for falta in error.errors():
        donde, *nombres = (str(p) for p in falta["loc"])
        if falta["type"] == "json_invalid":
            nombres = []  # the place is a number of bytes
        faltas.setdefault((donde, ".".join(nombres)[:200] or "cuerpo"), mensaje_de_validacion(falta))
    return faltas


def _nombrado(donde: str, nombre: str) -> str:
    if donde in ("query", "path"):
        return _("«%(nombre)s» en la dirección") % {"nombre": nombre}
    if donde in ("header", "cookie"):
        return _("la cabecera «%(nombre)s»") % {"nombre": nombre}
    return nombre


async def _error_validacion(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faltas = _faltas(error)
    if not es_de_maquina(request) and any(donde == "path" for donde, _nombre in faltas):
        return await error_http(request, HTTPException(404))  # an address cut short leads nowhere
    lista = "; ".join(f"{_nombrado(*lugar)}: {texto}" for lugar, texto in list(faltas.items())[:10])
    campos = {nombre: texto for (_donde, nombre), texto in faltas.items()}
    return await _error_dominio(request, DatosInvalidos(lista, campos=campos))


async def error_http(request: Request, error: Exception) -> Response:
    """The answer to an address or a method that is none of ours."""
    assert isinstance(error, HTTPException)
    titulo = titulo_de(error.status_code)
    cabeceras = dict(error.headers or {})
    if es_de_maquina(request):
        problema = Problema(
            type=f"/errores/http_{error.status_code}",
            title=titulo,
            status=error.status_code,
            detail=titulo,
            codigo=f"http_{error.status_code}",
            solicitud=solicitud_actual.get(),
        )
        return _json(problema.model_dump(exclude_none=True), error.status_code, cabeceras)
    detalle = {404: _("Puede que la dirección esté incompleta o que ya no exista.")}
    respuesta = pagina_de_error(
        request,
        error.status_code,
        titulo,
        detalle.get(error.status_code, titulo),
        f"http_{error.status_code}",
    )
    respuesta.headers.update(cabeceras)
    return respuesta


def base_datos_ocupada(error: Exception) -> bool:
    """The database was away, restarting, locked or had no connection left: nothing wrong with the request."""
    if isinstance(error, SinConexion):
        return True
    if not isinstance(error, DBAPIError):
        return False
    codigo = getattr(error.orig, "sqlstate", None)
    if isinstance(error, OperationalError):
        return not str(codigo).startswith("54")  # what was asked is too much, and will be
    return codigo in BLOQUEO_DE_BD


async def _error_base_datos(request: Request, error: Exception) -> Response:
    if base_datos_ocupada(error):
        codigo = getattr(getattr(error, "orig", None), "sqlstate", None)
        registro.warning("base_datos_ocupada", sqlstate=codigo, exc_info=error)
        return await _error_dominio(request, ocupado())
    return error_inesperado(request, error)


def error_inesperado(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw; the middleware sends it."""
    registro.error("error_inesperado", exc_info=error)
    if es_de_maquina(request):
        return respuesta_problema_inesperado()
    detalle = _(
        "No fue su culpa y nada cambió. Intente otra vez; si vuelve a fallar, cite el número de la solicitud."
    )
    return pagina_de_error(request, 500, _("Algo falló de nuestro lado"), detalle, "error_interno")


def instalar(app: FastAPI) -> None:
    app.add_exception_handler(ErrorDominio, _error_dominio)
    app.add_exception_handler(RequestValidationError, _error_validacion)
    app.add_exception_handler(HTTPException, error_http)
    app.add_exception_handler(DBAPIError, _error_base_datos)
    app.add_exception_handler(SinConexion, _error_base_datos)
