"""Fixtures of this room: its own small application, and the demonstration provider on a real socket."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Security

from ciudadania.oidc import ClienteOidc
from tests.ciudadania.proveedor import SECRETO, Navegador, ProveedorEnMarcha, proveedor_en_marcha

ORIGEN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def formas() -> dict[str, Any]:
    """The shapes of Ciudadanía Digital's answers, as read in public integrations."""
    carpeta = os.environ.get("QHATU_DATOS_EXTERNOS")
    if not carpeta:
        pytest.skip("QHATU_DATOS_EXTERNOS no está definida")
    ruta = Path(carpeta) / "ciudadania" / "ciudadania_digital_shapes.json"
    return dict(json.loads(ruta.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def proveedor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProveedorEnMarcha]:
    with proveedor_en_marcha(tmp_path_factory.mktemp("proveedor"), ORIGEN) as en_marcha:
        yield en_marcha


@pytest.fixture
def navegador() -> Iterator[httpx.Client]:
    """A browser that does not follow redirects by itself."""
    with httpx.Client(follow_redirects=False) as cliente:
        yield cliente


@pytest.fixture(scope="session")
def aplicacion(servidores: dict[str, Any]) -> FastAPI:
    """This room alone under the platform's middleware, with a few routes behind each door."""
    from ciudadania import ActorOpcional, ActorRequerido, Riesgo, actor_requerido, api, web
    from ciudadania import exigir_sesion_reciente as exigir
    from nucleo import problemas
    from nucleo.actor import Actor
    from nucleo.web import Seguridad, publico

    app = FastAPI()
    problemas.instalar(app)
    app.include_router(api.router)
    app.include_router(web.router)

    @app.get("/api/prueba/persona")
    def de_persona(actor: ActorRequerido) -> dict[str, str]:
        return {"clave": actor.clave}

    @app.get("/api/prueba/opcional", dependencies=[Depends(publico)])
    def opcional(actor: ActorOpcional) -> dict[str, str | None]:
        return {"clave": actor.clave if actor else None}

    @app.get("/api/prueba/productos")
    def con_alcance(
        actor: Annotated[Actor, Security(actor_requerido, scopes=["productos"])],
    ) -> dict[str, str]:
        return {"clave": actor.clave}

    @app.get("/api/prueba/cliente")
    def de_cliente(
        actor: Annotated[Actor, Security(actor_requerido, scopes=["envios"])],
    ) -> dict[str, str]:
        return {"clave": actor.clave, "unidad": str(actor.unidad_cliente_id)}

    @app.api_route("/api/prueba/reciente", methods=["GET", "POST"])
    @app.api_route("/prueba/reciente", methods=["GET", "POST"])
    def reciente(actor: ActorRequerido) -> dict[str, bool]:
        exigir(actor, Riesgo.SEGURIDAD)
        return {"reciente": True}

    @app.get("/prueba/pagina")
    def una_pagina(actor: ActorRequerido) -> dict[str, str]:
        return {"nombre": actor.nombre}

    app.add_middleware(Seguridad)
    return app


@pytest.fixture
def con_proveedor(proveedor: ProveedorEnMarcha, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClienteOidc]:
    """The room signs in against the running demonstration provider."""
    with httpx.Client(timeout=1.5) as http:
        oidc = ClienteOidc(proveedor.emisor, "qhatu", SECRETO, http=http)
        for modulo in ("ciudadania.ingreso", "ciudadania.web"):
            monkeypatch.setattr(f"{modulo}.cliente_oidc", lambda: oidc)
        yield oidc


@pytest.fixture
def abrir_navegador(
    con_proveedor: ClienteOidc, nuevo_cliente: Callable[..., Any]
) -> Iterator[Callable[[], Navegador]]:
    """A browser with its own cookies for the platform and for the provider."""
    abiertos: list[httpx.Client] = []

    def abrir() -> Navegador:
        abiertos.append(httpx.Client(follow_redirects=False))
        return Navegador(nuevo_cliente(headers={"User-Agent": FIREFOX}), abiertos[-1])

    yield abrir
    for cliente in abiertos:
        cliente.close()


FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
