"""Outgoing webhooks: the standard's vector, hostile addresses, retries that end."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy import text
from sqlmodel import select
from standardwebhooks.webhooks import Webhook as Verificador
from standardwebhooks.webhooks import WebhookVerificationError

from nucleo import webhooks
from nucleo.bd import transaccion
from nucleo.http_saliente import DireccionProhibida, cliente_saliente, es_publica, exigir_url
from nucleo.ids import nuevo_id
from nucleo.modelos import Evento, MensajeWebhook, Webhook
from nucleo.paginacion import CursorPedido
from nucleo.webhooks import tipo_de_webhook
from nucleo.webhooks.envio import PAUSAS_S as webhooks_pausas
from nucleo.webhooks.envio import limpiar_webhooks

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
DUENIO = nuevo_id()


class DatosLibres(BaseModel):
    cpt: str


@pytest.mark.skipif(not EXTERNOS.is_dir(), reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)")
def test_la_firma_es_la_del_estandar() -> None:
    vector = json.loads((EXTERNOS / "pagos" / "standard_webhooks.json").read_text("utf-8"))
    v = vector["sign"]
    firmada = webhooks.firmar(v["key"], v["msg_id"], v["timestamp"], v["payload"].encode())
    assert firmada == v["signature"]


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


Cobrada = tipo_de_webhook("PruebaCobrada", "Una prueba.", DatosLibres, {"cpt": "Ñ1"})


def receptor(estados: list[int], recibidos: list[httpx.Request], cuerpo: bytes = b"recibido") -> httpx.Client:
    def atender(solicitud: httpx.Request) -> httpx.Response:
        recibidos.append(solicitud)
        return httpx.Response(estados.pop(0) if estados else 200, stream=httpx.ByteStream(cuerpo))

    return httpx.Client(transport=httpx.MockTransport(atender))


def suscrita(*tipos: str) -> tuple[UUID, str]:
    with transaccion() as sesion:
        hecha, secreto = webhooks.suscribir(sesion, DUENIO, "https://ejemplo.bo/a", list(tipos))
    return hecha.id, secreto


def encolada(**datos: Any) -> int:
    with transaccion() as sesion:
        return webhooks.encolar(sesion, DUENIO, Cobrada, {"cpt": "Ñ1"} | datos)


def verificar(secreto: str, solicitud: httpx.Request) -> Any:
    """As a receiver does it, by the standard's own library."""
    return Verificador(secreto).verify(solicitud.content, dict(solicitud.headers))


def test_un_aviso_se_firma_se_repite_y_llega_una_vez(bd: Any, reloj: Any) -> None:
    _, secreto = suscrita(Cobrada)
    with transaccion() as sesion:
        assert webhooks.encolar(sesion, DUENIO, webhooks.PRUEBA, {"mensaje": "x"}) == 0
        assert webhooks.encolar(sesion, nuevo_id(), Cobrada, {"cpt": "x"}) == 0
    assert encolada() == 1
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
    assert verificar(secreto, segundo)["data"] == {"cpt": "Ñ1"}
    otro = httpx.Request("POST", "https://x.bo", headers=segundo.headers, content=segundo.content + b" ")
    with pytest.raises(WebhookVerificationError):
        verificar(secreto, otro)


def test_lo_que_se_envia_es_como_dice_su_esquema(bd: Any) -> None:
    suscrita()
    with transaccion() as sesion:
        with pytest.raises(ValidationError):
            webhooks.encolar(sesion, DUENIO, Cobrada, {"otra": "cosa"})
        with pytest.raises(KeyError):
            webhooks.encolar(sesion, DUENIO, "NoDeclarado", {})


def test_los_intentos_son_los_diez_del_estandar(bd: Any, reloj: Any) -> None:
    """Now, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h; each when its pause is over."""
    suscrita()
    encolada()
    recibidos: list[httpx.Request] = []
    for hechos, pausa_s in enumerate((*webhooks_pausas, 0), 1):
        webhooks.enviar_pendientes(receptor([503], recibidos))
        assert len(recibidos) == hechos
        reloj.adelantar(timedelta(seconds=pausa_s * 0.99))
        webhooks.enviar_pendientes(receptor([503], recibidos))
        assert len(recibidos) == hechos, "too early"
        reloj.adelantar(timedelta(seconds=pausa_s * 0.12))
    reloj.adelantar(timedelta(days=3))
    assert webhooks.enviar_pendientes(receptor([], recibidos)) == 0
    assert len(recibidos) == 10
    with transaccion() as sesion:
        (fila,) = sesion.exec(select(MensajeWebhook)).all()
        assert (fila.ultimo_estado, fila.entregado_en, fila.abandonado_en is None) == (503, None, False)
        assert [i.estado for i in webhooks.intentos_de(sesion, fila.id)] == [503] * 10


def test_410_termina_la_suscripcion_y_lo_dice(bd: Any) -> None:
    webhook_id, _ = suscrita()
    encolada()
    encolada()
    webhooks.enviar_pendientes(receptor([410, 410], []))
    assert encolada() == 0
    with transaccion() as sesion:
        (vista,) = webhooks.suscripciones_de(sesion, DUENIO)
        assert (vista.activo, vista.motivo_baja) == (False, "410")
        (evento,) = sesion.exec(select(Evento).where(Evento.tipo == webhooks.WEBHOOK_DESACTIVADO)).all()
        assert (evento.objeto_id, evento.datos["motivo"]) == (webhook_id, "410")


def test_cinco_dias_sin_aceptar_nada_terminan_la_suscripcion(bd: Any, reloj: Any) -> None:
    webhook_id, _ = suscrita()
    encolada()
    webhooks.enviar_pendientes(receptor([500], []))
    reloj.adelantar(timedelta(days=2))
    encolada()
    webhooks.enviar_pendientes(receptor([500, 200], []))  # one of them is accepted: it starts over
    with transaccion() as sesion:
        vista = webhooks.suscripcion_de(sesion, DUENIO, webhook_id)
        assert vista is not None
        assert vista.activo
    with transaccion() as sesion:
        sesion.connection().execute(text("DELETE FROM nucleo_webhook_mensaje"))
    for dia in range(6):
        encolada(cpt=str(dia))
        webhooks.enviar_pendientes(receptor([500] * 9, []))
        with transaccion() as sesion:
            vista = webhooks.suscripcion_de(sesion, DUENIO, webhook_id)
            assert vista is not None
            assert vista.activo == (dia < 5)
        reloj.adelantar(timedelta(days=1))
    with transaccion() as sesion:
        (evento,) = sesion.exec(select(Evento).where(Evento.tipo == webhooks.WEBHOOK_DESACTIVADO)).all()
        assert evento.datos["motivo"] == "fallas"
        assert webhooks.reactivar(sesion, DUENIO, webhook_id)
        assert not webhooks.reactivar(sesion, nuevo_id(), webhook_id)
    assert encolada() == 1


def test_al_cambiar_el_secreto_firman_los_dos_por_un_dia(bd: Any, reloj: Any) -> None:
    webhook_id, viejo = suscrita()
    with transaccion() as sesion:
        assert webhooks.rotar_secreto(sesion, nuevo_id(), webhook_id) is None
        nuevo = webhooks.rotar_secreto(sesion, DUENIO, webhook_id)
    assert nuevo is not None
    recibidos: list[httpx.Request] = []
    encolada()
    webhooks.enviar_pendientes(receptor([], recibidos))
    assert len(recibidos[0].headers["webhook-signature"].split(" ")) == 2
    for secreto in (nuevo, viejo):
        verificar(secreto, recibidos[0])
    reloj.adelantar(webhooks.GRACIA + timedelta(seconds=1))
    encolada()
    webhooks.enviar_pendientes(receptor([], recibidos))
    assert len(recibidos[1].headers["webhook-signature"].split(" ")) == 1


def test_la_prueba_llega_aunque_no_se_pida_y_se_ve_lo_que_respondio(bd: Any) -> None:
    webhook_id, secreto = suscrita(Cobrada)
    with transaccion() as sesion:
        mensaje = webhooks.probar(sesion, webhook_id)
    recibidos: list[httpx.Request] = []
    webhooks.enviar_pendientes(receptor([200], recibidos, "ñandú\x00\x1b[31m".encode() + b"x" * 5000))
    assert verificar(secreto, recibidos[0])["type"] == "PruebaDeWebhook"
    with transaccion() as sesion:
        (intento,) = webhooks.intentos_de(sesion, mensaje)
        assert intento.estado == 200
        assert intento.latencia_ms >= 0
        assert intento.respuesta.startswith("ñandú[31mx")
        assert len(intento.respuesta) <= 500


def test_reenviar_una_y_un_rango(bd: Any, reloj: Any) -> None:
    webhook_id, _ = suscrita()
    recibidos: list[httpx.Request] = []
    inicio = reloj.ahora()
    for n in range(3):
        encolada(cpt=str(n))
        webhooks.enviar_pendientes(receptor([200], recibidos))
        reloj.adelantar(timedelta(hours=1))
    with transaccion() as sesion:
        lista, siguiente = webhooks.entregas(sesion, webhook_id, CursorPedido(None, 2))
        assert [json.loads(e.cuerpo)["data"]["cpt"] for e in lista] == ["2", "1"]
        assert siguiente is not None
        assert {e.estado for e in lista} == {"entregada"}
        assert not webhooks.reenviar(sesion, nuevo_id(), lista[0].id)
        assert webhooks.reenviar(sesion, webhook_id, lista[0].id)
        assert webhooks.reenviar_rango(sesion, webhook_id, inicio, reloj.ahora()) == 1, "what failed or waits"
    webhooks.enviar_pendientes(receptor([], recibidos))
    assert recibidos[-1].headers["webhook-id"] == recibidos[2].headers["webhook-id"]
    with transaccion() as sesion:
        hasta = inicio + timedelta(minutes=90)
        assert webhooks.reenviar_rango(sesion, webhook_id, inicio, hasta, solo_fallidas=False) == 2
    webhooks.enviar_pendientes(receptor([], recibidos))
    assert len(recibidos) == 6
    with transaccion() as sesion:
        assert len(webhooks.intentos_de(sesion, lista[0].id)) == 2


def test_un_receptor_lento_no_detiene_a_los_demas(bd: Any) -> None:
    """Of each receiver a few in a batch, the rest in the next ones."""
    suscrita()
    for _ in range(10):
        encolada()
    otro = nuevo_id()
    with transaccion() as sesion:
        webhooks.suscribir(sesion, otro, "https://otro.bo/a", [])
        webhooks.encolar(sesion, otro, Cobrada, {"cpt": "1"})
    recibidos: list[httpx.Request] = []
    webhooks.enviar_pendientes(receptor([], recibidos))
    hosts = [r.url.host for r in recibidos]
    assert (hosts.count("ejemplo.bo"), hosts.count("otro.bo")) == (4, 1)
    for _ in range(2):
        webhooks.enviar_pendientes(receptor([], recibidos))
    assert len({r.headers["webhook-id"] for r in recibidos}) == len(recibidos) == 11


def test_lo_terminado_se_borra_a_los_treinta_dias(bd: Any, reloj: Any) -> None:
    suscrita()
    encolada()
    webhooks.enviar_pendientes(receptor([], []))
    encolada()  # never sent
    reloj.adelantar(timedelta(days=29))
    assert limpiar_webhooks() == 0
    reloj.adelantar(timedelta(days=2))
    assert limpiar_webhooks() == 1
    with transaccion() as sesion:
        cuentas = sesion.connection().execute(
            text(
                "SELECT (SELECT count(*) FROM nucleo_webhook_mensaje),"
                " (SELECT count(*) FROM nucleo_webhook_intento)"
            )
        )
        assert tuple(cuentas.one()) == (1, 0)


def test_el_secreto_no_se_guarda_legible(bd: Any) -> None:
    webhook_id, secreto = suscrita()
    with transaccion() as sesion:
        fila = sesion.get_one(Webhook, webhook_id)
        assert secreto.encode() not in bytes(fila.secreto_cifrado)
        assert secreto.removeprefix("whsec_").encode() not in bytes(fila.secreto_cifrado)


def test_openapi_describe_cada_tipo(aplicacion: Any) -> None:
    descritos = aplicacion.openapi()["webhooks"]
    assert {"OrdenDeCobroPagada", "AlertaConHallazgos", "PruebaDeWebhook"} <= set(descritos)
    for codigo, operacion in descritos.items():
        contenido = operacion["post"]["requestBody"]["content"]["application/json"]
        assert contenido["examples"]["ejemplo"]["value"]["type"] == codigo
