"""The last people one sent to: by name, without spending the quota, forgotten when asked."""

from typing import Any

import pytest

from nucleo.limites import Cubeta
from tests.pagos.conftest import Libro
from tests.pagos.notas.test_notas import enviar_por_la_pagina, oculto
from tests.pagos.test_api import Gente, pago
from tests.pagos.test_api import gente as gente


def nombres(cliente: Any, cabeceras: Any) -> list[str]:
    respuesta = cliente.get("/api/v1/destinatarios/frecuentes", headers=cabeceras)
    assert respuesta.status_code == 200
    return [f["nombre"] for f in respuesta.json()["datos"]]


def pagar(cliente: Any, gente: Gente, **mas: Any) -> None:
    respuesta = cliente.post("/api/v1/transferencias", json=pago(gente, "1.00", **mas), headers=gente.de_ana)
    assert respuesta.status_code == 201, respuesta.text


def test_los_ultimos_seis_y_el_mas_nuevo_primero(
    cliente: Any, gente: Gente, crear_persona: Any, con_saldo: Any
) -> None:
    """Not the shops, nor who one has never paid; paying the same again only brings them first."""
    assert nombres(cliente, gente.de_ana) == []
    otros = {
        n: con_saldo(crear_persona(n), "1.00") for n in ("Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis")
    }
    pagar(cliente, gente, credito=gente.cuenta_tienda)
    pagar(cliente, gente)
    for cuenta in otros.values():
        pagar(cliente, gente, credito=cuenta)
    pagar(cliente, gente, credito=otros["Dos"])

    hay = nombres(cliente, gente.de_ana)
    assert hay == [f"{n} Prueba" for n in ("Dos", "Seis", "Cinco", "Cuatro", "Tres", "Uno")]
    assert nombres(cliente, gente.de_luis) == []


def test_un_toque_llena_el_formulario_y_no_gasta_cupo(
    cliente: Any, gente: Gente, libro: Libro, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = sesion_web(gente.ana)
    enviar_por_la_pagina(ana, gente, "")
    monkeypatch.setattr("pagos.billetera.averiguar.DE_PERSONA", Cubeta("prueba.f", capacidad=1, por_hora=1))

    enviar = ana.get("/billetera/enviar").text
    direccion = f"/billetera/enviar/a/{gente.luis.id}"
    assert f'href="{direccion}"' in enviar
    assert "LP" in enviar
    pagina = ana.get(direccion)
    assert "Luis Prueba" in pagina.text
    assert "7654321" not in pagina.text + enviar
    confirmar = ana.get(
        ana.post(direccion, data={"cuenta": gente.cuenta_ana, "monto": "4", "nota": "Té"}).headers["location"]
    )
    assert "Luis Prueba" in confirmar.text
    campos = {
        c: oculto(confirmar.text, c) for c in ("_id", "a", "nombre", "monto", "cuenta", "nota", "visto")
    }
    assert ana.post("/billetera/enviar/confirmar", data=campos).status_code == 303
    assert libro.saldo(gente.cuenta_luis) == 1_500
    falta = ana.post(direccion, data={"cuenta": gente.cuenta_ana, "monto": ""})
    assert (falta.status_code, "Escriba el monto" in falta.text) == (422, True)


def test_otro_nombre_se_compara_y_se_cuenta_como_siempre(
    gente: Gente, libro: Libro, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = sesion_web(gente.ana)
    enviar_por_la_pagina(ana, gente, "")
    consulta = f"cuenta={gente.cuenta_ana}&a={gente.luis.id}&monto=1&nombre=Marta+Quispe"
    assert "No coincide" in ana.get(f"/billetera/enviar/confirmar?{consulta}").text
    monkeypatch.setattr("pagos.billetera.averiguar.DE_PERSONA", Cubeta("prueba.g", capacidad=12, por_hora=1))
    estados = [ana.get(f"/billetera/enviar/confirmar?{consulta}").status_code for _ in range(2)]
    assert estados == [200, 429]


def test_olvidar_hasta_la_proxima_vez(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    pagar(cliente, gente)
    ana, direccion = sesion_web(gente.ana), f"/billetera/enviar/a/{gente.luis.id}"
    formulario = {"_id": oculto(ana.get(direccion).text, "_id")}

    assert ana.post(f"{direccion}/olvidar", data=formulario).headers["location"] == "/billetera/enviar"

    assert nombres(cliente, gente.de_ana) == []
    assert "A quienes envía" not in ana.get("/billetera/enviar").text
    assert ana.get(direccion).status_code == 404
    pagar(cliente, gente)
    assert nombres(cliente, gente.de_ana) == ["Luis Prueba"]
    por_api = f"/api/v1/destinatarios/frecuentes/{gente.luis.id}"
    assert [cliente.delete(por_api, headers=gente.de_ana).status_code for _ in range(2)] == [204, 404]


def test_de_quien_cerro_su_billetera_no_se_ve_nada(
    cliente: Any, gente: Gente, libro: Libro, sesion_web: Any
) -> None:
    pagar(cliente, gente)
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = true WHERE id = %s", [gente.cuenta_luis])
    assert nombres(cliente, gente.de_ana) == []
    ana = sesion_web(gente.ana)
    assert "Luis" not in ana.get("/billetera/enviar").text
    assert ana.get(f"/billetera/enviar/a/{gente.luis.id}").status_code == 404


def test_quien_no_le_envio_no_llega_por_la_direccion(gente: Gente, libro: Libro, sesion_web: Any) -> None:
    respuesta = sesion_web(gente.ana).get(f"/billetera/enviar/a/{gente.luis.id}")
    assert (respuesta.status_code, "Luis" in respuesta.text) == (404, False)
