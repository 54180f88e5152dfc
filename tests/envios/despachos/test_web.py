"""The pages and the API, as a worker with a reader uses them: one input, ready after each scan."""

import re
from typing import Any

import pytest
from sqlmodel import select

from envios.despachos.modelos import Despacho, Saca
from envios.items import envio_por_id
from nucleo.bd import transaccion
from nucleo.reloj import fecha_bolivia
from tests.envios.despachos.conftest import Red

pytestmark = pytest.mark.usefixtures("en_orden")
BASE = "/envios/operador"


def texto(respuesta: Any) -> str:
    assert respuesta.status_code in (200, 404, 409, 422), respuesta.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.text))


def enviar(navegador: Any, ruta: str, **datos: Any) -> str:
    """Send a form that is accepted; where it goes."""
    hecha = navegador.post(ruta, data=datos, follow_redirects=False)
    assert hecha.status_code == 303, texto(hecha)
    return str(hecha.headers["location"])


def test_de_la_saca_a_la_recepcion(red: Red, sesion_web: Any) -> None:
    aqui, alla = sesion_web(red.cartero), sesion_web(red.potosino)
    envio, suelto = red.envio(destino_municipio_ine="050101"), red.envio()
    pagina = aqui.get(f"{BASE}/despachos")
    assert "Ninguna saca abierta, cerrada ni por vaciar." in texto(pagina)
    camino = {"origen_agencia_id": str(red.la_paz.id), "destino_agencia_id": str(red.potosi.id)}
    saca = enviar(aqui, f"{BASE}/sacas", **camino)
    assert "autofocus" in aqui.get(saca).text
    enviar(aqui, f"{saca}/lectura", codigo=envio.numero)
    ya_esta, de_paso = red.envio(destino_municipio_ine="020101"), red.envio()
    mal = aqui.post(f"{saca}/lectura", data={"codigo": ya_esta.numero})
    assert (mal.status_code, "ya está ahí: Agencia PT-01 lo aleja" in texto(mal)) == (409, True)
    assert re.search(rf'name="codigo" value="{ya_esta.numero}">.*name="insiste" value="si"', mal.text)
    enviar(aqui, f"{saca}/lectura", codigo=ya_esta.numero, insiste="si")
    enviar(aqui, f"{saca}/lectura", codigo=de_paso.numero)
    assert "por Agencia PT-01 solo pasa" in texto(aqui.get(saca))
    for fuera in (ya_esta, de_paso):
        enviar(aqui, f"{saca}/retiro", cosa=str(fuera.id))
    for nada in ("RR000000000BO", "RR000000005BO", "SA00000012"):
        mal = aqui.post(f"{saca}/lectura", data={"codigo": nada})
        assert mal.status_code == 422, nada
        assert "autofocus" in mal.text
        assert "data-enfocar" not in mal.text
        assert f'value="{nada}"' not in mal.text  # or the next scan would go on from it
    vacio = aqui.post(f"{saca}/cierre", data={"precinto": "", "peso_kg": "0"})
    assert vacio.status_code == 422
    for falta in ("Escriba el número del precinto", "Escriba el peso en kilos"):
        assert falta in texto(vacio)
    enviar(aqui, f"{saca}/cierre", precinto="bo-77", peso_kg="5,2")
    with transaccion() as sesion:
        (fila,) = sesion.exec(select(Saca)).all()
        assert (fila.precinto, fila.peso_g) == ("BO-77", 5200)
        numero = fila.numero
    despacho = enviar(aqui, f"{BASE}/despachos", **camino, vehiculo="Bus de las 20", conductor="Flota Sur")
    assert alla.get(despacho).status_code == 404
    for codigo in (numero, suelto.numero):
        enviar(aqui, f"{despacho}/carga", codigo=codigo)
    enviar(aqui, f"{despacho}/paso", paso="salir")
    papel = aqui.get(f"{despacho}/manifiesto.pdf")
    assert (papel.headers["content-type"], papel.content[:4]) == ("application/pdf", b"%PDF")

    assert "Salió el" in texto(alla.get(f"{BASE}/despachos"))
    # Who works in all of them comes to one with work, and may go to another.
    todas = sesion_web(red.jefa).get(f"{BASE}/despachos")
    assert f'value="{red.potosi.id}" selected' in todas.text
    assert f'value="{red.la_paz.id}"' in todas.text
    enviar(alla, f"{despacho}/llegada", codigo=numero, precinto="roto", peso_kg="5,2")
    enviar(alla, f"{despacho}/llegada", codigo=envio.numero, precinto="intacto")
    rastro = texto(aqui.get(f"/seguimiento/{envio.numero}"))
    assert "Llegó a la agencia de destino" in rastro
    assert "Qué sigue: Saldrá a reparto o se avisará cuando se pueda retirar." in rastro
    enviar(alla, f"{despacho}/paso", paso="cerrar")
    pagina = texto(alla.get(despacho))
    assert "Apareció algo más" in pagina
    assert f"{numero} : llegó con el precinto roto Por explicar" in pagina
    assert f"{suelto.numero} : no llegó Por explicar" in pagina
    diferencias = re.findall(r"/diferencias/([0-9a-f-]{36})/explicacion", aqui.get(despacho).text)
    assert len(diferencias) == 2
    enviar(aqui, f"{BASE}/diferencias/{diferencias[0]}/explicacion", explicacion="Se rompió al subir al bus")
    assert "Pedir otra explicación" not in aqui.get(despacho).text
    enviar(alla, f"{BASE}/diferencias/{diferencias[0]}/respuesta", acepta="si")
    assert "Aclarada" in texto(alla.get(despacho))
    with transaccion() as sesion:
        (hecho,) = sesion.exec(select(Despacho)).all()
        assert (hecho.sacas, hecho.envios, hecho.peso_g) == (1, 2, 5200 + suelto.peso_g)


def test_un_traspaso_por_las_paginas(red: Red, sesion_web: Any) -> None:
    """The other operator sees it once it left, says it received all, and the items are its own."""
    aqui, otro = sesion_web(red.cartero), sesion_web(red.jefe)
    envio = red.envio()
    camino = {"origen_agencia_id": str(red.la_paz.id), "destino_agencia_id": str(red.sucre.id)}
    despacho = enviar(aqui, f"{BASE}/despachos", **camino, vehiculo="Moto", conductor="Yo")
    enviar(aqui, f"{despacho}/carga", codigo=envio.numero)
    assert otro.get(despacho).status_code == 404
    enviar(aqui, f"{despacho}/paso", paso="salir")
    pagina = texto(otro.get(despacho))
    assert "Correos de la red entrega estos envíos a Rápidos de la red" in pagina
    enviar(otro, f"{despacho}/paso", paso="llego_todo")
    with transaccion() as sesion:
        assert envio_por_id(sesion, envio.id).custodio_unidad_id == red.rapidos.id
    assert red.codigos(envio.id) == ["EMA", "QHTE", "QHTR"]


def test_la_ronda_por_las_paginas(red: Red, sesion_web: Any) -> None:
    aqui = sesion_web(red.cartero)
    envio, ausente = red.envio(), red.envio()
    datos = {"agencia_id": str(red.la_paz.id), "repartidor_persona_id": str(red.cartero.id)}
    mal = aqui.post(f"{BASE}/hojas-de-ruta", data=datos | {"dia": "2020-01-01"})
    assert "Elija hoy o uno de los próximos siete días." in texto(mal)
    assert aqui.post(f"{BASE}/hojas-de-ruta", data=datos | {"agencia_id": "x" * 36}).status_code == 422
    hoja = enviar(aqui, f"{BASE}/hojas-de-ruta", **datos, dia=fecha_bolivia().isoformat())
    for uno in (envio, ausente):
        enviar(aqui, f"{hoja}/lectura", codigo=uno.numero)
    assert "Ana Prueba" in texto(aqui.get(hoja))
    enviar(aqui, f"{hoja}/paso", paso="salir")
    de_la_hoja = f"?ruta={hoja.rsplit('/', 1)[1]}"
    assert f"/envios/operador/{envio.id}/entregar{de_la_hoja}" in aqui.get(hoja).text
    intento = f"{BASE}/{ausente.id}/intento{de_la_hoja}"
    assert f'action="{intento}"' in aqui.get(intento).text
    por_que = {"motivo": "destinatario_ausente", "accion": "nuevo_intento"}
    assert enviar(aqui, intento, **por_que) == hoja  # the round goes on where it was
    enviar(aqui, f"{hoja}/paso", paso="cerrar")
    assert "Sin resultado" in texto(aqui.get(hoja))
    assert "Cerrada" in texto(aqui.get(f"{BASE}/hojas-de-ruta"))


def test_por_programa(red: Red, cliente: Any, token_de: Any) -> None:
    suyo = {"Authorization": f"Bearer {token_de(red.cartero)}"}
    ajeno = {"Authorization": f"Bearer {token_de(red.potosino)}"}
    envio = red.envio()
    camino = {"origen_agencia_id": str(red.la_paz.id), "destino_agencia_id": str(red.potosi.id)}
    saca = cliente.post("/api/v1/sacas", json=camino, headers=suyo).json()
    una = f"/api/v1/sacas/{saca['id']}"
    assert cliente.post(f"{una}/envios", json={"codigo": envio.numero}, headers=suyo).json()["numero"]
    assert [e["estado"] for e in cliente.get(una, headers=suyo).json()["envios"]] == ["dentro"]
    assert (
        cliente.post(f"{una}/cierre", json={"precinto": "BO-1", "peso_g": 900}, headers=ajeno).status_code
        == 403
    )
    cliente.post(f"{una}/cierre", json={"precinto": "BO-1", "peso_g": 900}, headers=suyo)
    nuevo = camino | {"vehiculo": "Bus", "conductor": "Flota"}
    despacho = cliente.post("/api/v1/despachos", json=nuevo, headers=suyo).json()
    uno = f"/api/v1/despachos/{despacho['id']}"
    cliente.post(f"{uno}/carga", json={"codigo": saca["numero"]}, headers=suyo)
    assert cliente.get(uno, headers=ajeno).status_code == 404
    salio = cliente.post(f"{uno}/paso", json={"paso": "salir"}, headers=suyo).json()
    assert (salio["estado"], salio["envios"]) == ("en_camino", 1)
    llego = cliente.post(f"{uno}/llegadas", json={"codigo": saca["numero"]}, headers=ajeno).json()
    assert (llego["saca"]["estado"], llego["sobra"]) == ("recibida", False)
    assert cliente.post(f"{uno}/paso", json={"paso": "cerrar"}, headers=ajeno).status_code == 200
    (diferencia,) = cliente.get(uno, headers=suyo).json()["diferencias"]
    assert (diferencia["clase"], diferencia["envio"]) == ("faltante", envio.numero)
    assert cliente.get(f"{uno}/manifiesto", headers=ajeno).content[:4] == b"%PDF"
    lista = cliente.get("/api/v1/despachos", params={"agencia_id": str(red.potosi.id)}, headers=ajeno).json()
    assert [d["numero"] for d in lista["datos"]] == [despacho["numero"]]
