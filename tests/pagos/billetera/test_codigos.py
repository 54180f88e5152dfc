"""A person is paid by QR: the code, what who scans it sees, and each way in which it no longer pays."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from nucleo.dinero import bs
from nucleo.limites import Cubeta
from pagos.qr import generar, leer
from tests.pagos.conftest import Libro
from tests.pagos.notas.test_notas import oculto
from tests.pagos.test_api import Gente
from tests.pagos.test_api import gente as gente


def crear(cliente: Any, cabeceras: Any, **mas: Any) -> dict[str, Any]:
    pedido = {"id": str(uuid.uuid4())} | mas
    respuesta = cliente.post("/api/v1/codigos-qr", json=pedido, headers=cabeceras)
    assert respuesta.status_code == 201, respuesta.text
    return dict(respuesta.json())


def escanear(navegador: Any, texto: str) -> Any:
    return navegador.get("/pagar/qr", params={"texto": texto})


def test_lo_que_lleva_el_codigo(cliente: Any, gente: Gente) -> None:
    """A random code, a first name and a surname: neither the account, nor the card, nor the telephone."""
    creado = crear(cliente, gente.de_luis, monto={"monto": "12.50"}, nota="Dos salteñas", dias=7)

    leido = leer(creado["texto"])
    assert (leido.comercio, leido.dinero, leido.motivo) == ("Luis Prueba", bs("12.50"), "Dos saltenas")
    assert leido.destino is None
    assert re.fullmatch(r"[A-Z2-7]{16}", leido.persona or "")
    assert leido.vence_en is not None
    for dato in ("7654321", str(gente.luis.id)):
        assert dato not in creado["texto"]
    listado = cliente.get("/api/v1/codigos-qr", headers=gente.de_luis).json()
    assert listado == {"datos": [creado], "siguiente": None}
    assert cliente.get("/api/v1/codigos-qr", headers=gente.de_ana).json()["datos"] == []


def test_escanear_confirmar_pagar(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    texto = crear(cliente, gente.de_luis, nota="Dos salteñas")["texto"]
    ana = sesion_web(gente.ana)

    hallado = escanear(ana, texto)
    assert hallado.status_code == 303
    pagina = ana.get(hallado.headers["location"])
    assert pagina.status_code == 200
    assert "Luis Prueba" in pagina.text
    assert "Dos salteñas" in pagina.text
    assert "7654321" not in pagina.text
    sin_monto = ana.post(hallado.headers["location"], data={"cuenta": gente.cuenta_ana, "monto": ""})
    assert (sin_monto.status_code, "Escriba el monto" in sin_monto.text) == (422, True)
    datos = {"cuenta": gente.cuenta_ana, "monto": "7,50", "nota": "Dos salteñas"}
    confirmar = ana.get(ana.post(hallado.headers["location"], data=datos).headers["location"])
    assert "Luis Prueba" in confirmar.text
    campos = {
        c: oculto(confirmar.text, c) for c in ("_id", "a", "nombre", "monto", "cuenta", "nota", "visto")
    }
    hecho = ana.post("/billetera/enviar/confirmar", data=campos)

    assert hecho.status_code == 303
    assert (libro.saldo(gente.cuenta_ana), libro.saldo(gente.cuenta_luis)) == (9_250, 850)
    assert "Dos salteñas" in sesion_web(gente.luis).get(hecho.headers["location"]).text


def test_el_monto_del_codigo_es_el_que_se_paga(
    cliente: Any, gente: Gente, libro: Libro, sesion_web: Any
) -> None:
    texto = crear(cliente, gente.de_luis, monto={"monto": "3.00"})["texto"]
    ana = sesion_web(gente.ana)
    direccion = escanear(ana, texto).headers["location"]
    assert 'name="monto"' not in ana.get(direccion).text
    ida = ana.post(direccion, data={"cuenta": gente.cuenta_ana, "monto": "99"})
    assert "monto=3&" in ida.headers["location"]


def test_por_api(cliente: Any, gente: Gente, libro: Libro) -> None:
    texto = crear(cliente, gente.de_luis, monto={"monto": "3.00"}, nota="Pan")["texto"]

    leido = cliente.get("/api/v1/destinatarios/qr", params={"texto": texto}, headers=gente.de_ana)

    assert leido.json() == {
        "coincidencia": "coincide",
        "nombre": "Luis Prueba",
        "documento": "•••321",
        "cuenta": gente.cuenta_luis,
        "monto": {"monto": "3.00", "moneda": "BOB"},
        "nota": "Pan",
    }


def test_mirar_gasta_del_mismo_cupo(
    cliente: Any, gente: Gente, monkeypatch: pytest.MonkeyPatch, token_de: Any
) -> None:
    """Codes cannot be used to ask more often than numbers: a quota of ten, paid first, one spent a look."""
    monkeypatch.setattr("pagos.billetera.averiguar.DE_PERSONA", Cubeta("prueba.qr", capacidad=12, por_hora=1))
    texto = crear(cliente, gente.de_luis)["texto"]
    estados = [
        cliente.get("/api/v1/destinatarios/qr", params={"texto": texto}, headers=gente.de_ana).status_code
        for _ in range(4)
    ]
    assert estados == [200, 200, 200, 429]


def test_cada_codigo_que_no_paga_dice_por_que(
    cliente: Any, gente: Gente, libro: Libro, sesion_web: Any, reloj: Any, token_de: Any
) -> None:
    antes = libro.foto()
    anulado, vencido = crear(cliente, gente.de_luis), crear(cliente, gente.de_luis, dias=1)
    con_monto = crear(cliente, gente.de_luis, monto={"monto": "3.00"})["texto"]
    borrado = cliente.delete(f"/api/v1/codigos-qr/{anulado['id']}", headers=gente.de_luis)
    assert borrado.status_code == 204
    cerrada = crear(cliente, gente.de_luis)["texto"]
    reloj.adelantar(timedelta(days=1, seconds=1))
    de_ana = {"Authorization": f"Bearer {token_de(gente.ana)}"}
    codigo = leer(con_monto).persona
    casos = {
        "Su dueño anuló este código": anulado["texto"],
        "Este código venció": vencido["texto"],
        "no es el que puso su dueño": generar(
            persona=codigo, comercio="Luis", ciudad="La Paz", monto=bs("30.00")
        ),
        "alguien que no está en Qhatu": generar(persona="A" * 16, comercio="Luis", ciudad="La Paz"),
    }
    ana = sesion_web(gente.ana)
    for dice, texto in casos.items():
        respuesta = escanear(ana, texto)
        assert (respuesta.status_code, dice in respuesta.text) == (422, True), dice
        por_api = cliente.get("/api/v1/destinatarios/qr", params={"texto": texto}, headers=de_ana)
        assert (por_api.status_code, dice in por_api.json()["detail"]) == (422, True)
        directa = ana.get(f"/billetera/enviar/qr/{leer(texto).persona}")
        assert directa.status_code == (200 if "puso su dueño" in dice else 422)
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = true WHERE id = %s", [gente.cuenta_luis])
    assert "ya no recibe pagos" in escanear(ana, cerrada).text
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = false WHERE id = %s", [gente.cuenta_luis])
    assert libro.foto() == antes


def test_los_de_unidades_y_los_ajenos_se_leen_como_antes(cliente: Any, gente: Gente, sesion_web: Any) -> None:
    de_unidad = generar(destino=gente.tienda.numero, comercio="Tejidos", ciudad="La Paz")
    assert leer(de_unidad).persona is None
    assert "/pagar/unidad/" in escanear(sesion_web(gente.ana), de_unidad).headers["location"]
    no = cliente.get("/api/v1/destinatarios/qr", params={"texto": de_unidad}, headers=gente.de_ana)
    assert (no.status_code, no.json()["motivo"]) == (422, "no_es_de_persona")


def test_el_propio_no_se_paga(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    texto = crear(cliente, gente.de_ana)["texto"]
    ana = sesion_web(gente.ana)
    direccion = escanear(ana, texto).headers["location"]
    assert "Este código es el suyo" in ana.get(direccion).text
    respuesta = ana.post(direccion, data={"cuenta": gente.cuenta_ana, "monto": "1"})
    assert (respuesta.status_code, "Este código es el suyo" in respuesta.text) == (422, True)


def test_hacer_mostrar_anular_por_la_pagina(gente: Gente, libro: Libro, sesion_web: Any) -> None:
    luis, ana = sesion_web(gente.luis), sesion_web(gente.ana)
    vacia = luis.get("/billetera/mi-qr")
    assert "Aún no tiene un código" in vacia.text
    datos = {"_id": oculto(vacia.text, "_id"), "monto": "5", "nota": "Empanada", "dias": "0"}
    for _ in range(2):
        hecho = luis.post("/billetera/mi-qr", data=datos)
        assert hecho.headers["location"] == f"/billetera/mi-qr/{datos['_id']}"
    assert libro.uno("SELECT count(*) FROM pagos_codigo_de_persona") == 1
    cartel = luis.get(hecho.headers["location"])
    for dice in ("<svg", "Luis Prueba", "Bs\xa05,00", "Empanada"):
        assert dice in cartel.text
    assert len(cartel.content) < 60_000
    assert ana.get(hecho.headers["location"]).status_code == 404
    anular = {"_id": oculto(cartel.text, "_id")}
    assert ana.post(f"{hecho.headers['location']}/anular", data=anular).status_code == 404
    assert luis.post(f"{hecho.headers['location']}/anular", data=anular).status_code == 303
    assert "Usted anuló este código" in luis.get(hecho.headers["location"]).text
    assert "Aún no tiene un código" in luis.get("/billetera/mi-qr").text


def test_hasta_veinte_a_la_vez(cliente: Any, gente: Gente, libro: Libro) -> None:
    for _ in range(19):
        crear(cliente, gente.de_luis)

    def otro() -> int:
        pedido = {"id": str(uuid.uuid4())}
        return int(cliente.post("/api/v1/codigos-qr", json=pedido, headers=gente.de_luis).status_code)

    with ThreadPoolExecutor(2) as dos:
        estados = sorted(dos.map(lambda _n: otro(), range(2)))
    assert estados == [201, 429]
    assert libro.uno("SELECT count(*) FROM pagos_codigo_de_persona") == 20


def test_un_codigo_no_cambia(cliente: Any, gente: Gente, libro: Libro) -> None:
    creado = crear(cliente, gente.de_luis, monto={"monto": "3.00"})
    otra = {"id": creado["id"], "monto": {"monto": "4.00"}}
    respuesta = cliente.post("/api/v1/codigos-qr", json=otra, headers=gente.de_luis)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "codigo_qr_con_otros_datos")
    assert cliente.delete(f"/api/v1/codigos-qr/{creado['id']}", headers=gente.de_luis).status_code == 204
    for conexion in (libro.conexion, libro.duenio):
        for orden in (
            "UPDATE pagos_codigo_de_persona SET monto = 1",
            "UPDATE pagos_codigo_de_persona SET anulado_en = NULL",
            "DELETE FROM pagos_codigo_de_persona",
        ):
            with pytest.raises(psycopg.errors.Error, match=r"solo se anula|no admite|permission denied"):
                conexion.execute(orden)
