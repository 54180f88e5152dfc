"""What the visitor represents: read once for its menu, the mailbox's count and what its page shows."""

from collections.abc import Collection, Iterator
from typing import Any, cast
from uuid import UUID

from fastapi import Request
from sqlmodel import Session

from ciudadania import proveer_buzones_del_visitante, resolver_actor
from empresa_digital.registro.mandatos.facultades import ACTIVAS, Representada, representadas
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import Unidad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.plantillas import agregar_contexto


def _del_visitante(request: Request, sesion: Session, actor: Actor) -> list[Representada]:
    """Read by the first that asks; a page asks when what its request did is done."""
    if not hasattr(request.state, "representadas"):
        request.state.representadas = representadas(sesion, actor)
    return cast(list[Representada], request.state.representadas)


def visitante_tiene(
    request: Request, sesion: Session, actor: Actor, unidad_id: UUID, facultad: Facultad
) -> bool:
    """`tiene_facultad`, for a page that shows what is of a unit: it costs no query beside the menu's. Who
    does something asks `exigir_facultad`."""
    return any(
        r.unidad.id == unidad_id and r.unidad.estado in ACTIVAS and facultad in r.solas
        for r in _del_visitante(request, sesion, actor)
    )


@proveer_buzones_del_visitante
def buzones_del_visitante(request: Request, sesion: Session, actor: Actor) -> Collection[UUID]:
    """Also of drafts and suspended units, as `unidades_con_buzon`."""
    return [r.unidad.id for r in _del_visitante(request, sesion, actor) if Facultad.BUZON in r.con_otros]


class _MisUnidades:
    """The active units for which the visitor acts, read only by a page that shows them."""

    def __init__(self, request: Request) -> None:
        self.request = request

    def __iter__(self) -> Iterator[Unidad]:
        propia: Session | None = getattr(self.request.state, "sesion", None)
        if propia is not None and propia.is_active and propia.in_transaction():
            return iter(self._de(propia))
        with transaccion() as sesion:
            return iter(self._de(sesion))

    def _de(self, sesion: Session) -> list[Unidad]:
        actor = resolver_actor(self.request, sesion)
        suyas = [] if actor is None else _del_visitante(self.request, sesion, actor)
        return [r.unidad for r in suyas if r.unidad.estado in ACTIVAS]


@agregar_contexto
def contexto_del_registro(request: Request) -> dict[str, Any]:
    """`mis_unidades` of every page."""
    return {"mis_unidades": _MisUnidades(request)}
