"""The doors of the platform: which actor makes a request, from its cookie or its bearer token.

Every route depends on `actor_requerido` or `nucleo.web.publico`.
"""

from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPBearer, OAuth2, SecurityScopes
from fastapi.security.utils import get_authorization_scheme_param
from sqlmodel import Session

from ciudadania.alcances import ALCANCES
from ciudadania.errores import AlcanceInsuficiente, TokenInvalido
from ciudadania.sesiones import duenio_de_la_sesion, nombre_de_galleta, resolver_sesion
from ciudadania.tokens import resolver_token
from nucleo.acceso import fijar_resolutor
from nucleo.actor import Actor
from nucleo.bd import Sesion, transaccion
from nucleo.errores import NoAutenticado
from nucleo.textos import gettext as _

# These two only describe the schemes in /openapi.json; the resolution is ours.
_esquema_persona = HTTPBearer(
    auto_error=False, scheme_name="token", description="Token de una persona o de un cliente de máquina."
)
_esquema_cliente = OAuth2(
    auto_error=False,
    scheme_name="cliente",
    flows={
        "clientCredentials": {
            "tokenUrl": "/oauth/token",
            "scopes": {clave: str(alcance.puede) for clave, alcance in ALCANCES.items()},
        }
    },
    description="OAuth 2, credenciales de cliente.",
)


def resolver_actor(request: Request, sesion: Session) -> Actor | None:
    """The actor of this request, resolved once; None for an anonymous visitor.

    Raises `TokenInvalido` for a bearer token that opens nothing: a program must learn it at once.
    """
    if hasattr(request.state, "actor"):
        return cast(Actor | None, request.state.actor)
    esquema, token = get_authorization_scheme_param(request.headers.get("authorization"))
    actor: Actor | None = None
    if esquema.lower() == "bearer":
        actor = resolver_token(sesion, token)
        if actor is None:
            raise TokenInvalido(_("Pida otro token."))
    elif secreto := request.cookies.get(nombre_de_galleta()):
        resuelta = resolver_sesion(sesion, secreto)
        if resuelta is not None:
            actor, request.state.sesion_web_id = resuelta
    request.state.actor = actor
    return actor


def _duenio_del_navegador(request: Request) -> str | None:
    secreto = request.cookies.get(nombre_de_galleta())
    if not secreto:
        return None
    with transaccion() as sesion:
        persona_id = duenio_de_la_sesion(sesion, secreto)
    return str(persona_id) if persona_id else None


def trae_credencial(request: Request) -> bool:
    """Whether it brings a cookie of a session or a token, good or not: without one, nobody makes it."""
    return bool(request.cookies.get(nombre_de_galleta()) or request.headers.get("authorization"))


fijar_resolutor(resolver_actor, _duenio_del_navegador, trae_credencial)


def sesion_web_actual(request: Request) -> UUID | None:
    """The id of the browser session of this request, once its actor is resolved; None with a token."""
    return getattr(request.state, "sesion_web_id", None)


async def actor_opcional(request: Request, sesion: Sesion) -> Actor | None:
    """The actor, if there is one. (Async: nobody in particular is known without a thread.)"""
    return await run_in_threadpool(resolver_actor, request, sesion) if trae_credencial(request) else None


def actor_requerido(
    request: Request,
    sesion: Sesion,
    pedidos: SecurityScopes,
    _token: Annotated[object, Depends(_esquema_persona)],
    _cliente: Annotated[object, Depends(_esquema_cliente)],
) -> Actor:
    """The person who makes the request; raises `NoAutenticado` for anybody else.

    A machine client passes only where the route names a scope it holds:
    ``Security(actor_requerido, scopes=["productos"])``.
    """
    actor = resolver_actor(request, sesion)
    if actor is None:
        raise NoAutenticado(_("Para continuar, ingrese con su ciudadanía digital."))
    if actor.tipo == "cliente" and not (pedidos.scopes and actor.alcances.issuperset(pedidos.scopes)):
        raise AlcanceInsuficiente(pedidos.scopes)
    return actor


ActorRequerido = Annotated[Actor, Security(actor_requerido)]
ActorOpcional = Annotated[Actor | None, Depends(actor_opcional)]
