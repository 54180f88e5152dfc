"""The units of the visitor's menu."""

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from sqlmodel import Session

from ciudadania import resolver_actor
from empresa_digital.registro.mandatos.facultades import unidades_representadas
from empresa_digital.registro.unidades import Unidad
from nucleo.bd import transaccion
from nucleo.plantillas import agregar_contexto


class _MisUnidades:
    """The units for which the visitor acts, read only by a page that shows them."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.leidas: list[Unidad] | None = None

    def __iter__(self) -> Iterator[Unidad]:
        if self.leidas is None:
            self.leidas = self._leer()
        return iter(self.leidas)

    def _leer(self) -> list[Unidad]:
        propia: Session | None = getattr(self.request.state, "sesion", None)
        if propia is not None and propia.is_active and propia.in_transaction():
            return self._de(propia)
        with transaccion() as sesion:
            return self._de(sesion)

    def _de(self, sesion: Session) -> list[Unidad]:
        actor = resolver_actor(self.request, sesion)
        return [] if actor is None else unidades_representadas(sesion, actor)


@agregar_contexto
def contexto_del_registro(request: Request) -> dict[str, Any]:
    """`mis_unidades` of every page."""
    return {"mis_unidades": _MisUnidades(request)}
