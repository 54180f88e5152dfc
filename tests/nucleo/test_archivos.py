"""Files under their hash: the same one from two at once, and what a browser already has."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from nucleo import archivos
from nucleo.bd import transaccion
from nucleo.modelos import Archivo
from tests.ayudas.carreras import hasta_que_esperen


def test_el_mismo_archivo_de_dos_a_la_vez_es_uno(bd: Engine, duenio: Engine) -> None:
    """The second looked for it before the first was done, and waits for it to be."""
    fallas: list[Exception] = []

    def subir() -> None:
        try:
            with transaccion() as otra:
                archivos.guardar(otra, b"contenido", "text/plain")
        except Exception as error:
            fallas.append(error)

    hilo = threading.Thread(target=subir)
    with transaccion() as sesion:
        archivos.guardar(sesion, b"contenido", "text/plain")
        hilo.start()
        hasta_que_esperen()
    hilo.join()
    assert fallas == []
    with transaccion() as sesion:
        assert sesion.exec(select(func.count()).select_from(Archivo)).one() == 1


@pytest.mark.parametrize(
    ("cabecera", "estado"),
    [("{marca}", 304), ("W/{marca}", 304), ('"otra", {marca}', 304), ("*", 304), ('"otra"', 200), ("", 200)],
)
def test_lo_que_el_navegador_ya_tiene_no_viaja(bd: Engine, cliente: Any, cabecera: str, estado: int) -> None:
    with transaccion() as sesion:
        sha = archivos.guardar(sesion, b"contenido", "text/plain", publico=True)
    marca = cliente.get(f"/archivos/{sha}").headers["etag"]
    respuesta = cliente.get(f"/archivos/{sha}", headers={"If-None-Match": cabecera.format(marca=marca)})
    assert respuesta.status_code == estado
