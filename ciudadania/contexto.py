"""What every page shows of the visitor: their name and how many messages wait in the mailbox."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.requests import Request

from ciudadania.acceso import resolver_actor, trae_credencial
from ciudadania.consultas_buzon import contar_sin_leer, unidades_con_buzon
from ciudadania.errores import TokenInvalido
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.plantillas import agregar_contexto

registro = structlog.get_logger(__name__)

BuzonesDelVisitante = Callable[[Request, Session, Actor], Collection[UUID]]


def _los_del_actor(_request: Request, sesion: Session, actor: Actor) -> Collection[UUID]:
    return unidades_con_buzon(sesion, actor)


_buzones_del_visitante: BuzonesDelVisitante = _los_del_actor


def proveer_buzones_del_visitante(funcion: BuzonesDelVisitante) -> BuzonesDelVisitante:
    """Let the registry, which reads the visitor's units for the menu of the same page, say the units whose
    mailboxes they may read (a decorator)."""
    global _buzones_del_visitante
    _buzones_del_visitante = funcion
    return funcion


@agregar_contexto
def visitante(request: Request) -> dict[str, Any]:
    """`actor` and `buzon_sin_leer`; an anonymous visitor costs no query."""
    if trae_credencial(request):
        try:
            with _sesion_de(request) as sesion:
                actor = resolver_actor(request, sesion)
                if actor is not None and actor.persona_id is not None:
                    unidades = _buzones_del_visitante(request, sesion, actor)
                    return {"actor": actor, "buzon_sin_leer": contar_sin_leer(sesion, actor, unidades)}
        except TokenInvalido:
            pass
        except SQLAlchemyError as error:
            # The page that says the service is down must not need the database.
            registro.warning("visitante_desconocido", exc_info=error)
    return {"actor": None, "buzon_sin_leer": 0}


@contextmanager
def _sesion_de(request: Request) -> Iterator[Session]:
    """The request's own session while its transaction is healthy; an error page gets a short one."""
    propia: Session | None = getattr(request.state, "sesion", None)
    if propia is not None and propia.is_active and propia.in_transaction():
        yield propia
        return
    with transaccion() as sesion:
        yield sesion
