"""Which routers may have an address, told by its first words.

FastAPI tries the patterns of all routes in turn, some three hundred: half the cost of a small answer. Here a
router is asked only when one of its routes begins like the address. What is found does not change.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

Cabeza = tuple[str, ...]
Emparejar = Callable[[Scope], tuple[Match, Scope]]


def acortar_busqueda(app: FastAPI) -> None:
    """Call it once all routes are in."""
    for ruta in app.router.routes:
        ruta.matches = _solo_si_empieza_igual(ruta)  # type: ignore[method-assign,assignment]


def cabeza_de(camino: str) -> Cabeza:
    """`/tienda/…` -> ("tienda",); `/api/v1/productos/…` -> ("api", "v1", "productos")."""
    partes = camino.split("/")[1:4]
    return tuple(partes if partes[:1] == ["api"] else partes[:1])


def _solo_si_empieza_igual(ruta: BaseRoute) -> Emparejar:
    emparejar = ruta.matches
    ninguna: tuple[Match, dict[str, Any]] = (Match.NONE, {})

    @cache
    def cabezas() -> frozenset[Cabeza] | None:
        """None when a route of this router may begin with anything."""
        todas = {cabeza_de(contexto.path or "/{}") for contexto in iter_route_contexts([ruta])}
        return None if any("{" in parte for cabeza in todas for parte in cabeza) else frozenset(todas)

    def matches(scope: Scope) -> tuple[Match, Scope]:
        conocidas = cabezas()
        if conocidas is not None:
            camino = scope["path"].removeprefix(scope.get("root_path", ""))
            if cabeza_de(camino) not in conocidas:
                return ninguna
        return emparejar(scope)

    return matches
