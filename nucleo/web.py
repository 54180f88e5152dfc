"""What every page and route shares: middleware, rendering, redirects, flash messages."""

import secrets
import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nucleo import enteras
from nucleo.acceso import publico as publico
from nucleo.acceso import se_identifica
from nucleo.auditoria import solicitud_actual
from nucleo.configuracion import ajustes
from nucleo.formularios import Hoja
from nucleo.formularios.guardados import galleta, quitar_galleta
from nucleo.ids import nuevo_id
from nucleo.plantillas import edicion, renderizar
from nucleo.problemas import error_http, error_inesperado
from nucleo.recordar import Dibujadas
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import idioma

registro = structlog.get_logger("qhatu.web")

SOLICITUDES = Counter("qhatu_http_solicitudes_total", "Solicitudes HTTP", ["metodo", "ruta", "estado"])
DURACION = Histogram("qhatu_http_duracion_segundos", "Duración de las solicitudes HTTP", ["metodo", "ruta"])

METODOS_SEGUROS = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE_MENSAJE = "qhatu_mensaje"
LETRAS_DE_PAGINAS = 64_000_000


def politica_csp(nonce: str) -> str:
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {ajustes().emisor_origen}"
    )


CABECERAS_FIJAS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def _mismo_origen(cabeceras: Headers) -> bool:
    """OWASP's Fetch Metadata policy, with `Origin` for browsers that do not send it.

    A request without either comes from no browser; it may pass only if it carries no cookie.
    """
    sitio = cabeceras.get("sec-fetch-site")
    if sitio is not None:
        return sitio in {"same-origin", "none"}
    origen = cabeceras.get("origin")
    if origen is not None:
        return urlsplit(origen).netloc == cabeceras.get("host")
    return "cookie" not in cabeceras


class Seguridad:
    """Request id, CSP nonce, security headers, same-origin rule on every unsafe method, logs and metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        fijas = dict(CABECERAS_FIJAS)
        if ajustes().es_https:
            fijas["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        self.fijas = [(nombre.lower().encode(), valor.encode()) for nombre, valor in fijas.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        inicio = time.perf_counter()
        nonce = secrets.token_urlsafe(16)
        solicitud = nuevo_id().hex
        scope.setdefault("state", {})["nonce"] = nonce
        ficha = solicitud_actual.set(solicitud)
        estado = 500
        empezada = False

        async def enviar(mensaje: Message) -> None:
            nonlocal estado, empezada
            if mensaje["type"] == "http.response.start":
                empezada = True
                estado = mensaje["status"]
                dichas = {nombre for nombre, _valor in mensaje["headers"]}
                propias = [
                    *self.fijas,
                    (b"content-security-policy", politica_csp(nonce).encode()),
                    (b"cache-control", b"no-store"),
                    (b"x-request-id", solicitud.encode()),
                ]
                faltan = (cabecera for cabecera in propias if cabecera[0] not in dichas)
                mensaje["headers"] = [*mensaje["headers"], *faltan]
            await send(mensaje)

        try:
            rechazo = await self._rechazar(scope)
            await (rechazo or self.app)(scope, receive, enviar)
        except Exception as error:
            # Answered here, inside, so that it carries the headers and the request's id. The server closes
            # the connection of an application that raises: untold, a proxy would give it to somebody else.
            if not empezada:
                respuesta = error_inesperado(Request(scope), error)
                respuesta.headers["Connection"] = "close"
                await respuesta(scope, receive, enviar)
            raise
        finally:
            solicitud_actual.reset(ficha)
            self._anotar(scope, estado, time.perf_counter() - inicio, solicitud)

    async def _rechazar(self, scope: Scope) -> ASGIApp | None:
        if "\0" in scope["path"]:  # no address of ours has it, and the database stores no such text
            return await error_http(Request(scope), HTTPException(404))
        cabeceras = Headers(scope=scope)
        if scope["method"] in METODOS_SEGUROS or _mismo_origen(cabeceras):
            return None
        request = Request(scope)
        html = renderizar(
            "errores/403.html",
            request=request,
            estado=403,
            titulo=_("Solicitud de otro sitio"),
            detalle=_("Por su seguridad no se ejecutó. Vuelva a la página y envíe el formulario otra vez."),
            codigo="otro_origen",
            solicitud=solicitud_actual.get(),
        )
        return HTMLResponse(html, 403)

    def _anotar(self, scope: Scope, estado: int, duracion: float, solicitud: str) -> None:
        ruta = getattr(scope.get("route"), "path", "otra")
        metodo = (
            scope["method"]
            if scope["method"] in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
            else "OTRO"
        )
        SOLICITUDES.labels(metodo, ruta, estado).inc()
        DURACION.labels(metodo, ruta).observe(duracion)
        registro.info(
            "solicitud",
            metodo=metodo,
            # an address that is itself a secret is not written down
            ruta=ruta if "secreto" in scope.get("path_params", {}) else scope["path"],
            estado=estado,
            ms=round(duracion * 1000, 1),
            solicitud=solicitud,
        )


def _mensaje_de(request: Request) -> str | None:
    crudo = request.cookies.get(COOKIE_MENSAJE)
    return unquote(crudo)[:300] if crudo else None


_SE_CORRIGE = frozenset({409, 412, 422, 428, 429})
"""What the person can do something about: the title of the page says «Error:»."""


def pagina(
    request: Request,
    plantilla: str,
    estado: int = 200,
    cabeceras: Mapping[str, str] | None = None,
    *,
    hoja: Hoja[Any] | None = None,
    **contexto: Any,
) -> HTMLResponse:
    """Render a page with what every page shares; the flash message is shown once.

    `hoja` is the form that was sent and refused, if any: it gives the status and the summary of errors.
    """
    if hoja is not None:
        estado, cabeceras = hoja.estado, {**(cabeceras or {}), **hoja.cabeceras}
        contexto["errores"] = hoja.resumen
    contexto.setdefault("con_error", estado in _SE_CORRIGE)
    aviso = _mensaje_de(request)
    html = renderizar(plantilla, request=request, nonce=request.state.nonce, mensaje=aviso, **contexto)
    respuesta = HTMLResponse(html, estado, dict(cabeceras or {}))
    if getattr(request.state, "formulario_recuperado", False):
        quitar_galleta(respuesta)
    if aviso is not None:
        respuesta.delete_cookie(COOKIE_MENSAJE, path="/", secure=ajustes().es_https, httponly=True)
    return respuesta


_enteras: Dibujadas[enteras.Entera] = Dibujadas(LETRAS_DE_PAGINAS)


def pagina_recordada(
    request: Request, plantilla: str, visto: Hashable, contexto: Callable[[], Mapping[str, Any]]
) -> HTMLResponse:
    """`pagina`, drawn once for the same values while it is shown to nobody in particular.

    `visto` has all that `contexto()` is made of, but for the address and today's date, which are always part
    of the key; so what is kept cannot become false. Who signed in, or is told something once, gets a page of
    their own.
    """
    propias = (COOKIE_MENSAJE, galleta())
    if se_identifica(request) or any(nombre in request.cookies for nombre in propias):
        return pagina(request, plantilla, **contexto())
    scope = request.scope
    direccion = (scope["path"], scope["query_string"])
    clave = (plantilla, edicion(), idioma.get(), fecha_bolivia(), direccion, visto)
    entera = _enteras.buscar(clave)
    if entera is None:
        entera, se_guarda = enteras.dibujar(
            lambda nonce: renderizar(
                plantilla, request=request, nonce=nonce, mensaje=None, con_error=False, **contexto()
            )
        )
        if se_guarda:
            _enteras.guardar(clave, entera)
    if "gzip" in request.headers.get("accept-encoding", ""):
        cabeceras = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return HTMLResponse(entera.comprimido(request.state.nonce), headers=cabeceras)
    return HTMLResponse(entera.cuerpo(request.state.nonce))


def redirigir(destino: str, aviso: str | None = None) -> RedirectResponse:
    """303 to a page of this site, with an optional message for it to show."""
    assert destino.startswith("/")
    assert not destino.startswith("//")
    respuesta = RedirectResponse(destino, 303)
    if aviso:
        mensaje(respuesta, aviso)
    return respuesta


def mensaje(respuesta: Response, texto: str) -> None:
    """Show `texto` once, as a status banner, on the next page this browser opens."""
    respuesta.set_cookie(
        COOKIE_MENSAJE,
        quote(texto[:300]),
        max_age=60,
        path="/",
        secure=ajustes().es_https,
        httponly=True,
        samesite="lax",
    )
