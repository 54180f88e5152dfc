"""What every page shows of the visitor: their name and how many messages wait in the mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session
from starlette.requests import Request

from ciudadania.acceso import resolver_actor
from ciudadania.buzon import contar_sin_leer
from ciudadania.errores import TokenInvalido
from ciudadania.sesiones import nombre_de_galleta
from nucleo.bd import transaccion
from nucleo.plantillas import agregar_contexto


@agregar_contexto
def visitante(request: Request) -> dict[str, Any]:
    """`actor` and `buzon_sin_leer`; an anonymous visitor costs no query."""
    sin_nadie = {"actor": None, "buzon_sin_leer": 0}
    if not request.cookies.get(nombre_de_galleta()) and not request.headers.get("authorization"):
        return sin_nadie
    with _sesion_de(request) as sesion:
        try:
            actor = resolver_actor(request, sesion)
        except TokenInvalido:
            return sin_nadie
        if actor is None or actor.persona_id is None:
            return sin_nadie
        return {"actor": actor, "buzon_sin_leer": contar_sin_leer(sesion, actor)}


@contextmanager
def _sesion_de(request: Request) -> Iterator[Session]:
    """The request's own session while its transaction is healthy; an error page gets a short one."""
    propia: Session | None = getattr(request.state, "sesion", None)
    if propia is not None and propia.is_active and propia.in_transaction():
        yield propia
        return
    with transaccion() as sesion:
        yield sesion
