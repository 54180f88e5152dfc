"""Asking only the routers that may have an address finds the same route as asking all of them."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Match, Mount
from starlette.testclient import TestClient

from plataforma.rutas import acortar_busqueda, cabeza_de

UN_ID = "018f0000-0000-7000-8000-000000000001"


def _ambito(camino: str, metodo: str = "GET", raiz: str = "") -> dict[str, Any]:
    return {"type": "http", "path": camino, "root_path": raiz, "method": metodo, "headers": []}


def _hallados(app: Any, ambito: dict[str, Any]) -> list[Match]:
    hallados = (ruta.matches(dict(ambito))[0] for ruta in app.router.routes)
    return [match for match in hallados if match is not Match.NONE]


def test_ninguna_ruta_de_la_plataforma_queda_sin_hallar(aplicacion: Any) -> None:
    vistas = 0
    for contexto in iter_route_contexts(aplicacion.routes):
        for metodo in contexto.methods or {"GET"}:
            camino = re.sub(r"\{[^}]+\}", UN_ID, contexto.path or "/")
            camino += "/algo" if isinstance(contexto.original_route, Mount) else ""
            assert Match.FULL in _hallados(aplicacion, _ambito(camino, metodo)), camino
            assert Match.FULL in _hallados(aplicacion, _ambito(f"/bajo{camino}", metodo, "/bajo")), camino
            vistas += 1
    assert vistas > 300


def test_a_los_demas_enrutadores_no_se_les_pregunta(aplicacion: Any) -> None:
    assert _hallados(aplicacion, _ambito("/no-existe")) == []
    assert len(_hallados(aplicacion, _ambito("/salud/vivo"))) == 1
    assert cabeza_de("/api/v1/productos/7") == ("api", "v1", "productos")
    assert cabeza_de("/tienda/") == ("tienda",)


@pytest.mark.parametrize(
    ("camino", "estado"),
    [("/a/1", 200), ("/a/1/", 200), ("/b", 405), ("/cualquiera/fin", 200), ("/a", 404), ("/", 404)],
)
def test_se_responde_igual_con_y_sin_atajo(camino: str, estado: int) -> None:
    """A route that begins with a parameter, a wrong method and a missing slash included."""
    estados = []
    for atajo in (False, True):
        app = FastAPI()
        app.get("/a/{n}")(lambda n: n)
        app.post("/b")(lambda: 1)
        app.get("/{todo}/fin")(lambda todo: todo)
        if atajo:
            acortar_busqueda(app)
        estados.append(TestClient(app).get(camino).status_code)
    assert estados == [estado, estado]
