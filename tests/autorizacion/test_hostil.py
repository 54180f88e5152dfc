"""Hostile input on every route of the matrix, from who may use it: no 5xx, and a refusal changes nothing.

Each row gets one attack of forty, in turn; with `QHATU_PRUEBAS_HOSTIL=1`, all of them.
"""

import os
from typing import Any

import pytest

from tests.autorizacion.filas import Fila
from tests.autorizacion.hostil import ataques
from tests.autorizacion.test_matriz import FILAS, Memoria, _nombre
from tests.ayudas.rutas import rutas

CADA = int(os.environ.get("QHATU_PRUEBAS_HOSTIL", "40"))


@pytest.fixture(scope="module")
def por_clave(aplicacion: Any) -> dict[tuple[str, str], Any]:
    return {(metodo, ruta): r for metodo, ruta, r in rutas(aplicacion)}


@pytest.mark.parametrize("fila", FILAS, ids=_nombre)
def test_lo_hostil_se_rechaza_sin_cambiar_nada(
    memoria: Memoria, por_clave: dict[tuple[str, str], Any], fila: Fila
) -> None:
    escena = memoria.escena
    credencial = escena.credencial(fila.quien.derecho, api=fila.es_api)
    fallas = []
    pedido = fila.solicitud(escena.valores)
    pedido["headers"] |= credencial
    declaradas = set(fila.negada.cambia) if fila.negada else set()
    for n, (nombre, ataque) in enumerate(ataques(fila, pedido, por_clave[fila.clave])):
        if (n + FILAS.index(fila)) % CADA:
            continue
        memoria.navegador.cookies.clear()
        memoria.volver_al_instante()
        try:
            respuesta = memoria.navegador.request(**ataque)
        except UnicodeEncodeError:
            continue
        cambios = memoria.cambios()
        if respuesta.status_code >= 500 and respuesta.status_code != fila.exito:
            fallas.append(f"{nombre}: {respuesta.status_code}")
        elif respuesta.status_code >= 400 and set(cambios) - declaradas:
            fallas.append(f"{nombre}: {respuesta.status_code} cambió {cambios}")
    if fallas:
        pytest.fail("\n".join(fallas), pytrace=False)
