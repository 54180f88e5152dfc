"""Security of every answer: headers, nonces, same-origin rule, body size."""

import re
from typing import Any

import pytest


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


def test_salud_y_metricas(cliente: Any) -> None:
    assert cliente.get("/salud/vivo").json() == {"estado": "vivo"}
    listo = cliente.get("/salud/listo")
    assert (listo.status_code, listo.json()) == (200, {"estado": "listo"})
    assert "qhatu_http_solicitudes_total" in cliente.get("/metrics").text
