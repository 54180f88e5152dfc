"""What was typed in a form sent after the session ended, kept for the minutes that signing in takes.

It lives in Valkey, under the hash of a secret that only that browser has, and is given once, on the same
page, to the same person when the ended session says who it was. Losing it loses nothing but typing.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import redis
import structlog
from fastapi import Request
from starlette.responses import Response

from nucleo.acceso import duenio_del_navegador
from nucleo.configuracion import ajustes
from nucleo.errores import LimiteExcedido
from nucleo.limites import limitar_direccion, valkey

VIDA_S = 10 * 60
BYTES_MAXIMOS = 32 * 1024
POR_MINUTO = 10

registro = structlog.get_logger(__name__)


def galleta() -> str:
    return "__Host-qhatu-formulario" if ajustes().es_https else "qhatu-formulario"


def direccion(request: Request) -> str:
    """The page that is being looked at, or the one whose form was sent."""
    url = urlsplit(str(request.url) if request.method == "GET" else request.headers.get("referer", "/"))
    return url.path + (f"?{url.query}" if url.query else "")


def quien_mira(request: Request) -> str:
    """A mark of the person to whom a page is shown; empty for nobody in particular."""
    actor = getattr(request.state, "actor", None)
    return "" if actor is None else hashlib.sha256(f"pagina {actor.id}".encode()).hexdigest()[:16]


def _clave(secreto: str) -> str:
    return f"formulario:{hashlib.sha256(secreto.encode()).hexdigest()}"


def guardar(
    request: Request, *, formulario: str, de: str, pagina: str, quien: str, valores: Mapping[str, str]
) -> str | None:
    """Keep what was typed; the secret to give the browser, or None when it could not be kept."""
    guardado = {
        "formulario": formulario,
        "de": de,
        "pagina": pagina,
        "quien": quien,
        "valores": dict(valores),
        "duenio": duenio_del_navegador(request),
    }
    cuerpo = json.dumps(guardado)
    if len(cuerpo) > BYTES_MAXIMOS:
        return None
    secreto = secrets.token_urlsafe(32)
    try:
        limitar_direccion(request, "formulario", cupo=POR_MINUTO, ventana_s=60)
        valkey().set(_clave(secreto), cuerpo, ex=VIDA_S)
    except (redis.RedisError, LimiteExcedido):
        registro.warning("formulario_sin_guardar", formulario=formulario)
        return None
    return secreto


def recuperar(request: Request, formulario: str, de: str) -> dict[str, str] | None:
    """What this browser typed in this form of this page before it had to sign in; once."""
    secreto = request.cookies.get(galleta())
    if not secreto or request.method != "GET":
        return None
    guardado = _leer(request, secreto)
    if (guardado.get("formulario"), guardado.get("de"), guardado.get("pagina")) != (
        formulario,
        de,
        direccion(request),
    ):
        return None
    actor = getattr(request.state, "actor", None)
    if guardado["quien"] not in ("", quien_mira(request)):  # whose page it was, also after signing out
        return None
    if guardado["duenio"] is not None and (actor is None or str(actor.id) != guardado["duenio"]):
        return None
    try:
        valkey().delete(_clave(secreto))
    except redis.RedisError:
        return None
    request.state.formulario_recuperado = True
    valores: dict[str, str] = guardado["valores"]
    return valores


def _leer(request: Request, secreto: str) -> dict[str, Any]:
    if not hasattr(request.state, "formulario_guardado"):
        try:
            crudo = valkey().get(_clave(secreto))
        except redis.RedisError:
            crudo = None
        request.state.formulario_guardado = json.loads(crudo) if crudo else {}
    leido: dict[str, Any] = request.state.formulario_guardado
    return leido


def poner_galleta(respuesta: Response, secreto: str) -> None:
    respuesta.set_cookie(
        galleta(),
        secreto,
        max_age=VIDA_S,
        path="/",
        secure=ajustes().es_https,
        httponly=True,
        samesite="lax",
    )


def quitar_galleta(respuesta: Response) -> None:
    respuesta.delete_cookie(galleta(), path="/", secure=ajustes().es_https, httponly=True, samesite="lax")
