"""Subscriptions of a unit: who may, where to, and the secret that is shown once."""

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlmodel import Session, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro.suscripciones.palabras import falla_en_palabras
from empresa_digital.registro.suscripciones.suscribir import A_MANO_POR_HORA, RANGOS_POR_HORA
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import MensajeWebhook, Webhook
from nucleo.webhooks import enviar_pendientes

Crear = Callable[..., Any]


@pytest.fixture
def ruta_de(crear_unidad: Crear, crear_persona: Crear, token_de: Crear) -> Callable[[], tuple[str, Any, Any]]:
    def crear() -> tuple[str, Any, Any]:
        ana, otra = crear_persona("Ana"), crear_persona("Luis")
        unidad = crear_unidad("Tejidos del Sur", representante=ana)
        cabeceras = [{"Authorization": f"Bearer {token_de(p)}"} for p in (ana, otra)]
        return f"/api/v1/unidades-economicas/{unidad.numero}/webhooks", *cabeceras

    return crear


def test_suscribir_listar_y_dar_de_baja(ruta_de: Crear, cliente: Any) -> None:
    ruta, ana, _ = ruta_de()
    datos = {"url": "https://ejemplo.bo/avisos", "tipos": ["OrdenDeCobroPagada"]}
    creada = cliente.post(ruta, json=datos, headers=ana)
    assert creada.status_code == 201
    assert creada.json()["secreto"].startswith("whsec_")
    (vista,) = cliente.get(ruta, headers=ana).json()["datos"]
    assert vista["motivo_baja"] is None
    assert vista == {k: v for k, v in creada.json().items() if k != "secreto"}
    assert cliente.delete(f"{ruta}/{vista['id']}", headers=ana).status_code == 204
    assert cliente.get(ruta, headers=ana).json()["datos"] == []
    assert cliente.delete(f"{ruta}/{vista['id']}", headers=ana).status_code == 404


def test_nadie_mas_puede_y_nada_cambia(ruta_de: Crear, cliente: Any, sesion: Session) -> None:
    ruta, _, otra = ruta_de()
    datos = {"url": "https://ejemplo.bo/avisos"}
    assert cliente.post(ruta, json=datos).status_code == 401
    assert cliente.post(ruta, json=datos, headers=otra).status_code == 403
    assert cliente.get(ruta, headers=otra).status_code == 403
    assert sesion.exec(select(Webhook)).all() == []


@pytest.mark.parametrize(
    "url", ["http://ejemplo.bo/", "https://127.0.0.1/", "https://localhost/x", "https://[::1]/"]
)
def test_una_direccion_que_no_es_publica_se_rechaza(
    ruta_de: Crear, cliente: Any, sesion: Session, url: str
) -> None:
    ruta, ana, _ = ruta_de()
    respuesta = cliente.post(ruta, json={"url": url}, headers=ana)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "direccion_prohibida")
    assert sesion.exec(select(Webhook)).all() == []


def test_un_tipo_que_no_hay_se_rechaza(ruta_de: Crear, cliente: Any, sesion: Session) -> None:
    ruta, ana, _ = ruta_de()
    respuesta = cliente.post(ruta, json={"url": "https://ejemplo.bo/a", "tipos": ["NoExiste"]}, headers=ana)
    assert (respuesta.status_code, list(respuesta.json()["campos"])) == (422, ["tipos"])
    assert sesion.exec(select(Webhook)).all() == []
    catalogo = {t["tipo"]: t for t in cliente.get("/api/v1/webhooks/tipos").json()}
    assert catalogo["OrdenDeCobroPagada"]["ejemplo"]["estado"] == "pagada"
    assert "pago_id" in catalogo["OrdenDeCobroPagada"]["esquema"]["properties"]


def test_once_a_la_vez_son_diez(ruta_de: Crear, nuevo_cliente: Crear, sesion: Session) -> None:
    ruta, ana, _ = ruta_de()
    barrera, estados = threading.Barrier(4), []

    def pedir(n: int) -> None:
        propio = nuevo_cliente()
        barrera.wait(10)
        for m in range(3):
            datos = {"url": f"https://ejemplo.bo/{n}/{m}"}
            estados.append(propio.post(ruta, json=datos, headers=ana).status_code)

    hilos = [threading.Thread(target=pedir, args=(n,)) for n in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert sorted(estados) == [201] * 10 + [409] * 2
    assert len(sesion.exec(select(Webhook)).all()) == 10


def test_prueba_entregas_reenvio_y_secreto(ruta_de: Crear, cliente: Any) -> None:
    ruta, ana, otra = ruta_de()
    creada = cliente.post(ruta, json={"url": "https://ejemplo.bo/avisos"}, headers=ana).json()
    una = f"{ruta}/{creada['id']}"
    mensaje = cliente.post(f"{una}/prueba", headers=ana).json()["mensaje_id"]
    recibidos: list[httpx.Request] = []
    enviar_pendientes(_receptor(503, recibidos))
    (entrega,) = cliente.get(f"{una}/entregas?solo_fallidas=true", headers=ana).json()["datos"]
    assert (entrega["id"], entrega["estado"], entrega["ultimo_estado"]) == (mensaje, "por_enviar", 503)
    assert entrega["proximo_en"] is not None
    completa = cliente.get(f"{una}/entregas/{mensaje}", headers=ana).json()
    assert completa["cuerpo"].encode() == recibidos[0].content
    assert [(i["estado"], i["respuesta"]) for i in completa["historial"]] == [(503, "ocupado")]
    assert cliente.post(f"{una}/entregas/{mensaje}/reenvio", headers=ana).status_code == 202
    enviar_pendientes(_receptor(200, recibidos))
    assert recibidos[1].headers["webhook-id"] == mensaje
    assert cliente.get(f"{una}/entregas?solo_fallidas=true", headers=ana).json()["datos"] == []
    rango = {"desde": "2020-01-01T00:00:00Z", "hasta": "2040-01-01T00:00:00Z", "solo_fallidas": False}
    assert cliente.post(f"{una}/reenvios", json=rango, headers=ana).json() == {"reenviadas": 1}
    malo = rango | {"hasta": rango["desde"]}
    assert cliente.post(f"{una}/reenvios", json=malo, headers=ana).status_code == 422
    nuevo = cliente.post(f"{una}/secreto", headers=ana).json()["secreto"]
    assert nuevo != creada["secreto"]
    for metodo, camino in (("GET", "/entregas"), ("POST", "/prueba"), ("POST", "/secreto")):
        assert cliente.request(metodo, una + camino, headers=otra).status_code == 403
    assert cliente.get(f"{una}/entregas/msg_{'0' * 32}", headers=ana).status_code == 404


def test_lo_que_no_responde_se_desactiva_con_aviso_y_vuelve(
    ruta_de: Crear, cliente: Any, sesion: Session
) -> None:
    ruta, ana, _ = ruta_de()
    una = f"{ruta}/{cliente.post(ruta, json={'url': 'https://ejemplo.bo/avisos'}, headers=ana).json()['id']}"
    cliente.post(f"{una}/prueba", headers=ana)
    enviar_pendientes(_receptor(410, []))
    entregar_pendientes()
    aviso = sesion.exec(select(Notificacion).where(Notificacion.clase == "registro.sistemas")).one()
    assert aviso.asunto == "Dejamos de avisar a https://ejemplo.bo/avisos"
    assert cliente.get(una, headers=ana).json()["motivo_baja"] == "410"
    negada = cliente.post(f"{una}/prueba", headers=ana)
    assert (negada.status_code, negada.json()["codigo"]) == (409, "suscripcion_inactiva")
    assert cliente.post(f"{una}/activacion", headers=ana).status_code == 204
    assert cliente.post(f"{una}/prueba", headers=ana).status_code == 202


def test_paginas(crear_unidad: Crear, crear_persona: Crear, sesion_web: Crear, sesion: Session) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad("Tejidos del Sur", representante=ana, mandatos=[(luis, ["CONSULTAR"])])
    ruta, navegador = f"/mis-unidades/{unidad.numero}/webhooks", sesion_web(ana)
    assert "Ninguna todavía" in navegador.get(ruta).text
    datos = {
        "url": "https://ejemplo.bo/avisos",
        "tipos.0.codigo": "AlertaConHallazgos",
        "tipos.0.si": "1",
        "tipos.1.codigo": "OrdenDeCobroPagada",
    }
    creada = navegador.post(ruta, data=datos).text
    assert "whsec_" in creada
    fila = sesion.exec(select(Webhook)).one()
    assert fila.tipos == ["AlertaConHallazgos"]
    una = f"{ruta}/{fila.id}"
    assert "whsec_" not in navegador.get(una).text
    entrega = navegador.post(f"{una}/prueba").headers["location"]
    enviar_pendientes(_receptor(500, []))
    assert "respondió 500" in navegador.get(entrega).text
    assert "ocupado" in navegador.get(entrega).text
    assert (
        falla_en_palabras("ConnectError('[Errno 111] Connection refused')")
        == "Nadie atiende en esa dirección."
    )
    assert falla_en_palabras("ReadError('')") == "No se pudo hablar con esa dirección."
    assert "PruebaDeWebhook" in navegador.get(f"{una}?ver=fallidas").text
    assert "whsec_" in navegador.post(f"{una}/secreto").text
    rango = {"desde": "2026-01-01T00:00", "hasta": "2030-01-01T00:00", "solo_fallidas": "1"}
    assert navegador.post(f"{una}/reenvios", data=rango).headers["location"] == una
    nada = navegador.post(f"{una}/reenvios", data=rango | {"hasta": "2026-01-02T00:00"})
    assert (nada.status_code, "no hay ningún aviso sin aceptar" in nada.text) == (422, True)
    malo = navegador.post(f"{una}/reenvios", data=rango | {"hasta": "2025-01-01T00:00"})
    assert (malo.status_code, "posterior a la primera" in malo.text) == (422, True)
    interna = navegador.post(ruta, data=datos | {"url": "https://10.0.0.1/avisos"})
    assert (interna.status_code, "debe ser de Internet" in interna.text) == (422, True)
    assert sesion_web(luis).get(ruta).status_code == 403
    assert navegador.post(f"{una}/baja").headers["location"] == ruta
    assert navegador.get(una).status_code == 404


def _receptor(estado: int, recibidos: list[httpx.Request]) -> httpx.Client:
    def atender(solicitud: httpx.Request) -> httpx.Response:
        recibidos.append(solicitud)
        return httpx.Response(estado, stream=httpx.ByteStream(b"ocupado"))

    return httpx.Client(transport=httpx.MockTransport(atender))


def test_lo_que_se_envia_a_mano_tiene_tope(ruta_de: Crear, cliente: Any, sesion: Session) -> None:
    """The address may be anybody's: nobody is flooded by whoever presses «probar» or asks for all again."""
    ruta, ana, _otra = ruta_de()
    creada = cliente.post(ruta, json={"url": "https://ejemplo.bo/avisos"}, headers=ana).json()
    una = f"{ruta}/{creada['id']}"
    for _ in range(A_MANO_POR_HORA - 1):
        assert cliente.post(f"{una}/prueba", headers=ana).status_code == 202
    mensaje = cliente.post(f"{una}/prueba", headers=ana).json()["mensaje_id"]
    antes = len(sesion.exec(select(MensajeWebhook)).all())
    for camino in ("prueba", f"entregas/{mensaje}/reenvio"):
        negada = cliente.post(f"{una}/{camino}", headers=ana)
        assert (negada.status_code, negada.json()["codigo"]) == (429, "demasiadas_solicitudes")
    rango = {"desde": "2020-01-01T00:00:00Z", "hasta": "2040-01-01T00:00:00Z"}
    for espera in [200] * RANGOS_POR_HORA + [429]:
        assert cliente.post(f"{una}/reenvios", json=rango, headers=ana).status_code in (espera, espera + 2)
    sesion.rollback()
    assert len(sesion.exec(select(MensajeWebhook)).all()) == antes == A_MANO_POR_HORA
