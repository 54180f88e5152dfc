"""The demonstration provider on a real socket, and a browser to walk through it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import uvicorn

from demostracion.identidad import Configuracion, crear_proveedor

SECRETO = "demo-secreto:con%símbolos /raros"


@dataclass(frozen=True)
class ProveedorEnMarcha:
    configuracion: Configuracion

    @property
    def emisor(self) -> str:
        return self.configuracion.emisor


@contextmanager
def proveedor_en_marcha(carpeta: Path, origen: str) -> Iterator[ProveedorEnMarcha]:
    """Serve a provider whose client is the platform at `origen`, on a free port, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as enchufe:
        puerto = enchufe.getsockname()[1]
        configuracion = Configuracion(
            emisor=f"http://127.0.0.1:{puerto}",
            cliente_id="qhatu",
            cliente_secreto=SECRETO,
            retornos=frozenset({f"{origen}/ingresar/retorno"}),
            retornos_de_salida=frozenset({f"{origen}/salir/retorno"}),
            ruta_clave=carpeta / "clave.pem",
            demora_s=3.0,
        )
        servidor = uvicorn.Server(
            uvicorn.Config(
                crear_proveedor(configuracion), lifespan="off", ws="none", log_config=None, access_log=False
            )
        )
        hilo = threading.Thread(target=servidor.run, kwargs={"sockets": [enchufe]}, daemon=True)
        hilo.start()
        try:
            with httpx.Client(transport=httpx.HTTPTransport(retries=5)) as sonda:
                sonda.get(f"{configuracion.emisor}/salud/vivo").raise_for_status()
            yield ProveedorEnMarcha(configuracion)
        finally:
            servidor.should_exit = True
            hilo.join(10)


def elegir(navegador: httpx.Client, url: str, persona: str = "ana", falla: str = "ninguna") -> httpx.Response:
    """Open the provider's page and pick a persona; the answer is the redirect back to the platform."""
    pagina = navegador.get(url)
    if pagina.status_code == 303:
        return pagina
    assert pagina.status_code == 200, pagina.text
    return navegador.post(url, data={"persona": persona, "falla": falla})


@dataclass
class Navegador:
    """One browser: `qhatu` is its tab at the platform, `idp` its tab at the provider."""

    qhatu: Any
    idp: httpx.Client

    def ir_a_ingresar(self, volver: str = "/", **parametros: Any) -> str:
        """Begin an attempt; the provider's address for it."""
        respuesta = self.qhatu.get("/ingresar/ir", params={"volver": volver, **parametros})
        assert respuesta.status_code == 303, respuesta.text
        return str(respuesta.headers["location"])

    def elegir(self, url: str, persona: str = "ana", falla: str = "ninguna") -> str:
        """Pick a persona; the path and query that lead back to the platform."""
        respuesta = elegir(self.idp, url, persona, falla)
        assert respuesta.status_code == 303, respuesta.text
        partes = urlsplit(respuesta.headers["location"])
        return f"{partes.path}?{partes.query}"

    def ingresar(self, persona: str = "ana", falla: str = "ninguna", **parametros: Any) -> Any:
        """The whole sign-in; the platform's last answer."""
        return self.qhatu.get(self.elegir(self.ir_a_ingresar(**parametros), persona, falla))
