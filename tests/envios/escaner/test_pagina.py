"""The page that needs no script: the same rules as a telephone's, and what waits for its worker."""

from typing import Any

from sqlmodel import Session

from envios.entrega.entregar import entregar
from envios.eventos.consultas import corregidos_de, eventos_de
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.envios.conftest import Reparto
from tests.envios.escaner.test_recibir import UnTelefono


def test_la_pagina_y_el_telefono_siguen_la_misma_regla(
    reparto: Reparto, sesion_web: Any, sesion: Session
) -> None:
    """Two equal readings of minutes are one, wherever they were made; two ends of a visit are shown."""
    telefono, cartero = UnTelefono(reparto, reparto.cartero), sesion_web(reparto.cartero)
    ruta = f"/envios/operador/escanear?unidad={reparto.correos_id}"
    leido, chocado, otro = (reparto.enviar() for _ in range(3))
    telefono.envia(telefono.lee(leido, "EMA", 3))
    datos = {"numero": leido.numero, "codigo": "EMA", "_id": str(nuevo_id())}
    aviso = cartero.get(cartero.post(ruta, data=datos).headers["location"]).text
    assert "Ya estaba anotado a las" in aviso
    sesion.rollback()
    assert [e.codigo for e in eventos_de(sesion, leido.id)] == ["EMA"]
    assert cartero.post(ruta, data=datos).status_code == 303  # the same press, again
    usada = cartero.post(ruta, data=datos | {"numero": otro.numero})
    assert (usada.status_code, "Con esa página ya se anotó otro envío" in usada.text) == (422, True)
    assert eventos_de(sesion, otro.id) == []

    # Somebody delivered it on their telephone what the page says could not be delivered.
    intento = telefono.lee(chocado, "EMH", 2, motivo="destinatario_ausente", accion="nuevo_intento")
    with transaccion() as otra:
        entregar(otra, reparto.actor(reparto.cartero), chocado.id, chocado.codigo_entrega)
    assert telefono.resultados(intento) == ["registrado"]
    pagina = cartero.get(ruta).text
    assert "Por resolver" in pagina
    assert "Si lo suyo no ocurrió, deshágalo" in pagina
    hecho = cartero.post(
        f"/envios/operador/escanear/pendiente?unidad={reparto.correos_id}",
        data={"lectura": str(intento.id), "deshacer": "1", "_id": str(nuevo_id())},
    )
    assert "Deshecho." in cartero.get(hecho.headers["location"]).text
    assert "Por resolver" not in cartero.get(ruta).text
    assert corregidos_de(sesion, [chocado.id]) == {
        e.id for e in eventos_de(sesion, chocado.id) if e.codigo == "EMH"
    }
