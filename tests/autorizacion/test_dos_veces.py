"""Each form of the matrix sent twice at once, as a double press does: no 5xx, and done once.

Once is what one press writes: as many rows of each table, whoever of the two came first.
"""

import threading
import uuid
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.autorizacion.filas import Fila
from tests.autorizacion.test_matriz import FILAS, Memoria, _nombre
from tests.ayudas.aplicacion import ORIGEN

FORMULARIOS = [f for f in FILAS if f.metodo == "POST" and f.form is not None and not f.es_api and f.cambia]
RASTRO = {"nucleo_auditoria", "feria_ocds_release"}  # whoever comes next tells the acts of before
SE_REPITEN = {
    "/carrito/lineas": "whoever has no cart yet gets one each time",
    "/carrito/lineas/{variante_id}": "the same",
    "/oauth/token": "each answer has a token of its own",
    "/buzon/canal": "each press gives a new address, and the last one is the one",
    "/billetera/recargar/tarjeta": "the second press asks the gateway how the first one went",
    "/pagar/{cpt}/tarjeta": "the same",
    "/simulada/disputas/{disputa_id}": "the simulated gateway is asked twice",
    "/mis-unidades/{numero}/mandatos/nuevo": "the same mandate twice gives nothing more",
    "/mis-unidades/{numero}/webhooks": "each press is told a secret of its own, once",
    "/mis-unidades/{numero}/webhooks/{webhook_id}/prueba": "each press sends one",
    "/envios/rastreadores/{rastreador_id}/prueba": "the same",
}
"""Routes that do it twice, and why."""


@pytest.mark.parametrize("fila", FORMULARIOS, ids=_nombre)
def test_apretar_dos_veces_es_hacerlo_una(memoria: Memoria, aplicacion: Any, fila: Fila) -> None:
    pedido = fila.solicitud(memoria.escena.valores)
    pedido["headers"] |= memoria.escena.credencial(fila.quien.derecho, api=False)
    pedido["data"].setdefault("_id", str(uuid.uuid4()))

    una, _estados = _enviar(memoria, aplicacion, pedido, 1)
    dos, estados = _enviar(memoria, aplicacion, pedido, 2)

    assert [e for e in estados if e >= 500] == []
    if fila.ruta not in SE_REPITEN:
        assert {t: n for t, n in dos.items() if n != una[t] and t not in RASTRO} == {}


def _enviar(
    memoria: Memoria, aplicacion: Any, pedido: dict[str, Any], veces: int
) -> tuple[dict[str, int], list[int]]:
    """The rows of each table afterwards, and how each was answered; the scene is put back."""
    memoria.volver_al_instante()
    barrera = threading.Barrier(veces, timeout=30)
    estados: list[int] = []

    def enviar() -> None:
        navegador = TestClient(
            aplicacion,
            base_url=ORIGEN,
            headers={"Origin": ORIGEN},
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        barrera.wait()
        estados.append(navegador.request(**pedido).status_code)

    hilos = [threading.Thread(target=enviar) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    try:
        return {tabla: filas for tabla, (filas, _ultima) in memoria.limpiador.foto().items()}, estados
    finally:
        memoria.limpiador.limpiar()
