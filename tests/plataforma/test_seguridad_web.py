"""Security of every answer: headers, nonces, same-origin rule, body size."""

import http.client
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from nucleo.web import Seguridad
from plataforma.supervisor import escuchar


def test_cada_pagina_lleva_las_cabeceras_y_un_nonce_que_cambia(cliente: Any) -> None:
    nonces = set()
    for _ in range(2):
        respuesta = cliente.get("/")
        assert respuesta.status_code == 200
        csp = respuesta.headers["content-security-policy"]
        assert "default-src 'none'" in csp
        assert "unsafe" not in csp
        nonce = re.search(r"script-src 'nonce-([^']+)'", csp)
        assert nonce is not None
        assert f'nonce="{nonce[1]}"' in respuesta.text
        nonces.add(nonce[1])
        assert respuesta.headers["x-content-type-options"] == "nosniff"
        assert respuesta.headers["x-frame-options"] == "DENY"
        assert respuesta.headers["cache-control"] == "no-store"
        assert re.fullmatch("[0-9a-f]{32}", respuesta.headers["x-request-id"])
    assert len(nonces) == 2


@pytest.mark.parametrize(
    ("cabeceras", "permitido"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://127.0.0.1"}, True),
        ({"Origin": "https://malo.example"}, False),
        ({"Origin": "null"}, False),
        ({"Cookie": "qhatu_sesion=x"}, False),
        ({}, True),
    ],
)
def test_un_envio_de_otro_sitio_no_se_ejecuta(
    nuevo_cliente: Any, cabeceras: dict[str, str], permitido: bool
) -> None:
    navegador = nuevo_cliente()
    del navegador.headers["origin"]
    respuesta = navegador.post("/no-existe", headers=cabeceras)
    assert respuesta.status_code == (404 if permitido else 403)


def test_un_envio_enorme_se_rechaza_antes_de_leerlo(cliente: Any) -> None:
    respuesta = cliente.post("/api/v1/transferencias", headers={"Content-Length": str(10**9)})
    assert respuesta.status_code == 413


def test_lo_que_no_existe_tiene_pagina_y_problema(cliente: Any) -> None:
    pagina = cliente.get("/no-existe")
    assert (pagina.status_code, pagina.headers["content-type"]) == (404, "text/html; charset=utf-8")
    problema = cliente.get("/api/v1/no-existe")
    assert problema.status_code == 404
    assert problema.headers["content-type"] == "application/problem+json"
    assert problema.json()["codigo"] == "http_404"


@pytest.mark.parametrize("ruta", ["/billetera/enviar/qr/%00", "/productos/a%00b", "/buzon/%00", "/%00"])
def test_una_direccion_con_un_nulo_no_existe(cliente: Any, ruta: str) -> None:
    assert cliente.get(ruta).status_code == 404
    assert cliente.get(f"/api/v1{ruta}").headers["content-type"] == "application/problem+json"


def test_salud_y_metricas(cliente: Any) -> None:
    assert cliente.get("/salud/vivo").json() == {"estado": "vivo"}
    listo = cliente.get("/salud/listo")
    assert (listo.status_code, listo.json()) == (200, {"estado": "listo"})
    assert "qhatu_http_solicitudes_total" in cliente.get("/metrics").text


@pytest.fixture
def falible() -> Iterator[http.client.HTTPConnection]:
    """A connection to a real server whose application breaks at `/rota` and at `/api/rota`."""
    app = FastAPI()

    @app.get("/rota")
    @app.get("/api/rota")
    def rota() -> None:
        raise ZeroDivisionError

    @app.get("/sana")
    def sana() -> dict[str, str]:
        return {}

    app.add_middleware(Seguridad)
    enchufe = escuchar(0, "otro")
    servidor = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    hilo = threading.Thread(target=servidor.run, kwargs={"sockets": [enchufe]})
    hilo.start()
    conexion = http.client.HTTPConnection("127.0.0.1", enchufe.getsockname()[1], timeout=10)
    yield conexion
    conexion.close()
    servidor.should_exit = True
    hilo.join()
    enchufe.close()


@pytest.mark.parametrize("ruta", ["/rota", "/api/rota"])
def test_una_conexion_que_se_cierra_tras_un_500_lo_dice(
    falible: http.client.HTTPConnection, ruta: str
) -> None:
    """Else a proxy that keeps it hands it to somebody else, who gets a 502."""
    falible.request("GET", "/sana")
    respuesta = falible.getresponse()
    assert (respuesta.status, respuesta.read(), respuesta.will_close) == (200, b"{}", False)
    assert falible.sock is not None
    falible.request("GET", ruta)
    respuesta = falible.getresponse()
    assert (respuesta.status, respuesta.getheader("connection")) == (500, "close")
    assert re.fullmatch("[0-9a-f]{32}", respuesta.getheader("x-request-id", ""))
    respuesta.read()
    assert falible.sock is None  # and it is closed
    falible.request("GET", "/sana")
    assert falible.getresponse().status == 200
