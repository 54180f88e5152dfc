"""`Idempotency-Key` at the HTTP edge, with Stripe's rules (dominio/pagos.md).

The key's lock is of the request's own transaction, and the stored answer is
written in that same transaction: effect and answer are kept together or not at all, and a crash leaves no
key «in progress». An answer is stored once execution has begun, refusals included; a malformed request (422
before the handler), a concurrent conflict and whatever says «repeat the same request» (the database away, a
full queue) are not: the repetition must be able to succeed. A replay is byte-identical and carries
``Idempotency-Replayed: true``.
"""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated, Any

import structlog
from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy import Row, bindparam, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from nucleo.acceso import actor_de_la_solicitud
from nucleo.bd import Sesion, al_final, escribir_lo_que_sobrevive, olvidar_lo_que_sobrevive, transaccion
from nucleo.bloqueos import cerrojo_si_libre
from nucleo.cofre import cofre
from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio
from nucleo.modelos import ClaveIdempotencia
from nucleo.problemas import base_datos_ocupada, respuesta_problema, respuesta_problema_inesperado
from nucleo.tareas import periodica
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CONSERVAR = timedelta(days=7)
CERRADO = b"gAAAAA"  # how whatever a `cofre` closes begins; no answer of ours does
CABECERAS = ("content-type", "location", "etag", "www-authenticate", "retry-after")

registro = structlog.get_logger(__name__)


class ClaveEnCurso(Conflicto):
    codigo = "clave_en_curso"
    titulo = _l("La misma solicitud está en curso")


class ClaveConOtroCuerpo(DatosInvalidos):
    codigo = "clave_con_otro_cuerpo"
    titulo = _l("Esta clave de idempotencia ya se usó con otra solicitud")


class RespuestaRepetida(Exception):
    """Carries the stored answer out of the dependency."""

    def __init__(self, guardada: Row[Any]) -> None:
        self.guardada = guardada

    def respuesta(self) -> Response:
        cabeceras = {**self.guardada.cabeceras, "Idempotency-Replayed": "true"}
        return Response(_abierto(bytes(self.guardada.cuerpo)), self.guardada.estado, cabeceras)


def _cerrado(cuerpo: bytes) -> bytes:
    """Answers carry what is said once (delivery codes, secrets of machine clients): a copy of the database
    must not tell it."""
    return cofre("idempotencia").encrypt(cuerpo) if cuerpo else b""


def _abierto(guardado: bytes) -> bytes:
    """Those kept before answers were encrypted (at most `CONSERVAR` ago) are as they were sent."""
    return cofre("idempotencia").decrypt(guardado) if guardado.startswith(CERRADO) else guardado


@dataclass(slots=True)
class Intento:
    actor: str
    clave: str
    huella: bytes
    sesion: Session


def _cuerpo(request: Request) -> bytes:
    """The raw body, which `RutaIdempotente` read before anybody parsed it."""
    return bytes(getattr(request, "_body", b""))


async def reservar_clave(
    request: Request,
    sesion: Sesion,
    clave: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=255,
            pattern=r"^[\x21-\x7e]+$",
            description="Clave que elige quien llama: repetirla no ejecuta dos veces la solicitud.",
        ),
    ] = None,
) -> None:
    """Lock the caller's key, or raise the stored answer. Keys belong to the bearer that sends them."""
    if clave is not None:
        await run_in_threadpool(_reservar, request, sesion, clave)


# Made once, and of columns: every request with a key asks it.
_GUARDADA = select(
    ClaveIdempotencia.huella, ClaveIdempotencia.estado, ClaveIdempotencia.cabeceras, ClaveIdempotencia.cuerpo
).where(
    col(ClaveIdempotencia.actor) == bindparam("actor"), col(ClaveIdempotencia.clave) == bindparam("clave")
)


def _reservar(request: Request, sesion: Session, clave: str) -> None:
    actor = actor_de_la_solicitud(request, sesion)
    duenio = actor.clave if actor is not None else "anonimo"
    ruta = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    huella = hashlib.sha256(ruta + _cuerpo(request)).digest()
    if not cerrojo_si_libre(sesion.connection(), f"{duenio}\n{clave}"):
        raise ClaveEnCurso(_("Espere un momento y repita la solicitud con la misma clave."))
    guardada = sesion.connection().execute(_GUARDADA, {"actor": duenio, "clave": clave}).one_or_none()
    if guardada is None:
        request.state.idempotencia = Intento(duenio, clave, huella, sesion)
        return
    if guardada.huella != huella:
        raise ClaveConOtroCuerpo(_("Use una clave nueva para una solicitud distinta."))
    raise RespuestaRepetida(guardada)


Idempotente = Annotated[None, Depends(reservar_clave)]


_GUARDAR = insert(ClaveIdempotencia).on_conflict_do_nothing(index_elements=["actor", "clave"])


def _guardar(intento: Intento, respuesta: Response) -> None:
    fila = {
        "actor": intento.actor,
        "clave": intento.clave,
        "huella": intento.huella,
        "estado": respuesta.status_code,
        "cabeceras": {k: respuesta.headers[k] for k in CABECERAS if k in respuesta.headers},
        "cuerpo": _cerrado(bytes(respuesta.body)),
    }
    intento.sesion.connection().execute(_GUARDAR, fila)


def _guardar_rechazo(intento: Intento, respuesta: Response) -> None:
    intento.sesion.rollback()
    escribir_lo_que_sobrevive(intento.sesion)
    _guardar(intento, respuesta)


def _pasajero(error: Exception) -> bool:
    return error.pasajero if isinstance(error, ErrorDominio) else base_datos_ocupada(error)


class RutaIdempotente(APIRoute):
    """Route class of routers whose handlers take `Idempotente`: stores the answer beside the effect."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def manejar(request: Request) -> Response:
            if "idempotency-key" in request.headers:
                await request.body()  # kept by the request, so that a form can still be read from it
            try:
                respuesta = await original(request)
            except RespuestaRepetida as repetida:
                return repetida.respuesta()
            except (HTTPException, RequestValidationError):
                raise
            except Exception as error:
                intento: Intento | None = getattr(request.state, "idempotencia", None)
                if intento is None or _pasajero(error):
                    raise
                if isinstance(error, ErrorDominio):
                    rechazo = respuesta_problema(error)
                else:
                    registro.exception("error_inesperado")
                    olvidar_lo_que_sobrevive(intento.sesion)
                    rechazo = respuesta_problema_inesperado()
                await run_in_threadpool(_guardar_rechazo, intento, rechazo)
                return rechazo
            intento = getattr(request.state, "idempotencia", None)
            if intento is not None:
                al_final(intento.sesion, partial(_guardar, intento, respuesta))
            return respuesta

        return manejar


@periodica("nucleo.olvidar_claves", cada=3600)
def olvidar_claves() -> int:
    """Forget keys older than `CONSERVAR`; callers are promised 24 hours."""
    with transaccion() as sesion:
        vieja = delete(ClaveIdempotencia).where(
            col(ClaveIdempotencia.creado_en) < func.nucleo_ahora() - CONSERVAR
        )
        return int(sesion.connection().execute(vieja).rowcount)
