"""Outgoing webhooks: the standard's vector, hostile addresses, retries that end."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from nucleo import webhooks
from nucleo.bd import transaccion
from nucleo.http_saliente import DireccionProhibida, cliente_saliente, es_publica, exigir_url
from nucleo.ids import nuevo_id
from nucleo.modelos import Webhook

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
DUENIO = nuevo_id()


@pytest.mark.skipif(not EXTERNOS.is_dir(), reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)")
def test_la_firma_es_la_del_estandar() -> None:
    vector = json.loads((EXTERNOS / "pagos" / "standard_webhooks.json").read_text("utf-8"))
    v = vector["sign"]
    cuerpo = v["payload"].encode()
    assert webhooks.firmar(v["key"], v["msg_id"], v["timestamp"], cuerpo) == v["signature"]
    momento = datetime.fromtimestamp(v["timestamp"], UTC)
    buenas = {
        "webhook-id": v["msg_id"],
        "webhook-timestamp": str(v["timestamp"]),
        "webhook-signature": " ".join([*vector["multi_sig_decoys"], v["signature"]]),
    }
    for secreto in (v["key"], v["key"].removeprefix("whsec_"), v["key"].rstrip("=")):
        webhooks.comprobar_firma(secreto, buenas, cuerpo, momento)
    malas: list[dict[str, str]] = [{k: w for k, w in buenas.items() if k != falta} for falta in buenas]
    malas += [buenas | {"webhook-timestamp": "ayer"}]
    malas += [
        buenas | {"webhook-signature": f} for f in ("v1,dawfeoifkpqwoekfpqoekf", "v1,", v["signature"][:8])
    ]
    for cabeceras in malas:
        with pytest.raises(webhooks.FirmaInvalida):
            webhooks.comprobar_firma(v["key"], cabeceras, cuerpo, momento)
    for corrido in (timedelta(seconds=301), timedelta(seconds=-301)):
        with pytest.raises(webhooks.FirmaInvalida):
            webhooks.comprobar_firma(v["key"], buenas, cuerpo, momento + corrido)
    with pytest.raises(webhooks.FirmaInvalida):
        webhooks.comprobar_firma("", buenas, cuerpo, momento)


HOSTILES = [
    "http://ejemplo.bo/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://localhost/",
    "https://api.localhost/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://255.255.255.255/",
    "https://224.0.0.1/",
    "https://usuario:clave@ejemplo.bo/",
    "https://ejemplo.bo:22/",
    "https://ejemplo.bo:5432/",
    "https://bd/",
    "https://valkey.internal/",
    "ftp://ejemplo.bo/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "javascript:alert(1)",
    "https://",
    "//ejemplo.bo",
    "",
    "no es una dirección",
    "https://ejemplo.bo\r\nHost: x",
]


@pytest.mark.parametrize("url", HOSTILES)
def test_una_direccion_hostil_no_llega_a_ningun_lado(url: str) -> None:
    """Refused by its form, or at the latest when its number is about to be used."""
    from nucleo.http_saliente import enviar

    with cliente_saliente() as cliente, pytest.raises((DireccionProhibida, httpx.ConnectError)):
        enviar(cliente, url, b"{}", {})


@pytest.mark.parametrize(
    "numeros", [["127.0.0.1"], ["10.1.2.3"], ["::1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"], []]
)
def test_un_nombre_publico_que_resuelve_adentro_no_se_conecta(numeros: list[str]) -> None:
    from nucleo.http_saliente import enviar

    preguntas: list[str] = []

    def resolver(anfitrion: str, _puerto: int) -> list[str]:
        preguntas.append(anfitrion)
        return numeros

    with (
        cliente_saliente(resolver) as cliente,
        pytest.raises(httpx.ConnectError, match="no es una dirección pública"),
    ):
        enviar(cliente, "https://ejemplo.bo/avisos", b"{}", {})
    assert preguntas == ["ejemplo.bo"]


def test_lo_publico_es_publico() -> None:
    assert exigir_url("https://ejemplo.bo/avisos?x=1") == "https://ejemplo.bo/avisos?x=1"
    assert es_publica("200.87.100.1")
    assert es_publica("2800:cd0::1")


def receptor(estados: list[int], recibidos: list[httpx.Request]) -> httpx.Client:
    def atender(solicitud: httpx.Request) -> httpx.Response:
        recibidos.append(solicitud)
        return httpx.Response(estados.pop(0) if estados else 200)

    return httpx.Client(transport=httpx.MockTransport(atender))


def test_un_aviso_se_firma_se_repite_y_llega_una_vez(bd: Any, reloj: Any) -> None:
    with transaccion() as sesion:
        _, secreto = webhooks.suscribir(sesion, DUENIO, "https://ejemplo.bo/a", ["OrdenPagada"])
        assert webhooks.encolar(sesion, DUENIO, "OtraCosa", {}) == 0
        assert webhooks.encolar(sesion, nuevo_id(), "OrdenPagada", {}) == 0
        assert webhooks.encolar(sesion, DUENIO, "OrdenPagada", {"cpt": "Ñ1"}) == 1
    recibidos: list[httpx.Request] = []
    assert webhooks.enviar_pendientes(receptor([500], recibidos)) == 0
    assert webhooks.enviar_pendientes(receptor([], recibidos)) == 0, "not due yet"
    reloj.adelantar(timedelta(seconds=6))
    assert webhooks.enviar_pendientes(receptor([], recibidos)) == 1
    reloj.adelantar(timedelta(days=2))
    assert webhooks.enviar_pendientes(receptor([], recibidos)) == 0
    primero, segundo = recibidos
    assert primero.headers["webhook-id"] == segundo.headers["webhook-id"]
    assert primero.content == segundo.content
    assert json.loads(segundo.content)["data"] == {"cpt": "Ñ1"}
    instante = datetime.fromtimestamp(int(segundo.headers["webhook-timestamp"]), UTC)
    webhooks.comprobar_firma(secreto, segundo.headers, segundo.content, instante)


def test_tras_el_ultimo_intento_se_abandona_y_410_da_de_baja(bd: Any, reloj: Any) -> None:
    with transaccion() as sesion:
        webhooks.suscribir(sesion, DUENIO, "https://ejemplo.bo/a", [])
        webhooks.encolar(sesion, DUENIO, "X", {})
    recibidos: list[httpx.Request] = []
    for _ in range(len(webhooks.PAUSAS_S) + 3):
        webhooks.enviar_pendientes(receptor([503], recibidos))
        reloj.adelantar(timedelta(days=2))
    assert len(recibidos) == len(webhooks.PAUSAS_S) == 9
    with transaccion() as sesion:
        webhooks.encolar(sesion, DUENIO, "X", {})
    webhooks.enviar_pendientes(receptor([410], recibidos))
    with transaccion() as sesion:
        assert webhooks.encolar(sesion, DUENIO, "X", {}) == 0
        finales = sesion.connection().execute(
            text(
                "SELECT ultimo_estado, entregado_en IS NULL, abandonado_en IS NOT NULL"
                " FROM nucleo_webhook_mensaje ORDER BY id"
            )
        )
        assert [tuple(f) for f in finales] == [(503, True, True), (410, True, True)]


def test_el_secreto_no_se_guarda_legible(bd: Any) -> None:
    with transaccion() as sesion:
        hecha, secreto = webhooks.suscribir(sesion, DUENIO, "https://ejemplo.bo/a", [])
        fila = sesion.get_one(Webhook, hecha.id)
        assert secreto.encode() not in bytes(fila.secreto_cifrado)
        assert secreto.removeprefix("whsec_").encode() not in bytes(fila.secreto_cifrado)
