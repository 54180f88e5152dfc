"""The routes of the running application, for the tests that look at all of them."""

from collections.abc import Iterator
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts


def rutas(app: Any) -> Iterator[tuple[str, str, APIRoute]]:
    """(method, full path, route) of each operation."""
    for contexto in iter_route_contexts(app.routes):
        if isinstance(contexto.original_route, APIRoute):
            for metodo in sorted(contexto.original_route.methods):
                yield metodo, str(contexto.path), contexto.original_route


def otras_rutas(app: Any) -> set[str]:
    """The paths of what is no operation of ours: mounts, the framework's own."""
    contextos = iter_route_contexts(app.routes)
    return {str(c.path) for c in contextos if not isinstance(c.original_route, APIRoute)}


def dependencias(nodo: Dependant) -> Iterator[Any]:
    yield nodo.call
    for hija in nodo.dependencies:
        yield from dependencias(hija)
