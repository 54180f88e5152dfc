"""The web application under test and the clock."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

ORIGEN = "http://127.0.0.1"


class Reloj:
    """Moves the clock of this process and of the database transactions it begins."""

    def adelantar(self, cuanto: timedelta) -> None:
        from nucleo import reloj

        reloj.fijar_desfase(reloj.desfase() + cuanto)

    def situar(self, instante: datetime) -> None:
        from nucleo import reloj

        self.adelantar(instante - reloj.ahora())

    def ahora(self) -> datetime:
        from nucleo import reloj

        return reloj.ahora()


@pytest.fixture
def reloj() -> Iterator[Reloj]:
    from nucleo import reloj as modulo

    yield Reloj()
    modulo.fijar_desfase(timedelta(0))


@pytest.fixture(scope="session")
def aplicacion(servidores: dict[str, Any]) -> Any:
    """The whole ASGI application, built once per worker."""
    from plataforma.web import app

    return app


_ID = re.compile(r'<[^>]* id="([^"]+)"')


def _sin_ids_repetidos(respuesta: Any) -> None:
    """Whatever page a test asks for: a label, an error or a jump must lead to one place."""
    if respuesta.headers.get("content-type", "").startswith("text/html"):
        repetidos = [id for id, veces in Counter(_ID.findall(respuesta.read().decode())).items() if veces > 1]
        assert not repetidos, f"{respuesta.request.url}: {repetidos}"


@pytest.fixture
def nuevo_cliente(aplicacion: Any, bd: Engine) -> Iterator[Callable[..., Any]]:
    """`nuevo_cliente(**opciones)` -> a TestClient with its own cookies, as another browser would be."""
    from starlette.testclient import TestClient

    abiertos: list[TestClient] = []

    def crear(**opciones: Any) -> TestClient:
        opciones.setdefault("follow_redirects", False)
        opciones["headers"] = {"Origin": ORIGEN} | opciones.get("headers", {})
        cliente = TestClient(aplicacion, base_url=ORIGEN, **opciones)
        cliente.event_hooks = {"response": [_sin_ids_repetidos]}
        abiertos.append(cliente)
        return cliente

    yield crear
    for cliente in abiertos:
        cliente.close()


@pytest.fixture
def cliente(nuevo_cliente: Callable[..., Any]) -> Any:
    """A browser nobody has signed in with. Exceptions of the application surface in the test."""
    return nuevo_cliente()


@pytest.fixture
def cliente_tolerante(nuevo_cliente: Callable[..., Any]) -> Any:
    """The same, but an unexpected exception is answered (500) as in production."""
    return nuevo_cliente(raise_server_exceptions=False)
