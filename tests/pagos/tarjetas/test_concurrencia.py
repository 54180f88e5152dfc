"""Many workers at once over the same payments: each is charged and credited once."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nucleo.dinero import a_centavos
from pagos.tarjetas.conciliar import avanzar, conciliar
from pagos.tarjetas.iniciar import pedir_cancelacion
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.simulada.sesiones import pagar_sesion
from tests.pagos.tarjetas.conftest import Escena


def _a_la_vez(cuantos: int, funcion: Callable[[], Any]) -> list[Any]:
    salida = threading.Barrier(cuantos)
    respuestas: list[Any] = []

    def correr() -> None:
        salida.wait()
        try:
            respuestas.append(funcion())
        except Exception as error:
            respuestas.append(error)

    hilos = [threading.Thread(target=correr) for _ in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return respuestas


@pytest.mark.parametrize("ronda", range(5))
def test_ocho_preguntan_a_la_vez_por_el_mismo_pago(escena: Escena, ronda: int) -> None:
    intento_id = escena.crear("100.00")
    assert _a_la_vez(8, lambda: avanzar(intento_id)) == [None] * 8
    for _ in range(3):
        escena.barrer(timedelta(minutes=1))
    assert escena.intento(intento_id).estado == "pagado"
    assert escena.saldo() == escena.cobrado() == 10_000
    assert len(escena.cobros()) == 1


def test_ocho_crean_el_mismo_pago(escena: Escena) -> None:
    id = uuid.uuid4()
    assert _a_la_vez(8, lambda: escena.crear("100.00", id=id)) == [id] * 8
    escena.barrer(timedelta(seconds=31))
    assert escena.saldo() == escena.cobrado() == 10_000
    assert a_centavos(escena.cuenta_ahora().creditos_pendientes) == 0


@pytest.mark.usefixtures("sin_limites", "sin_cupo")
def test_cuatro_barridos_se_reparten_lo_vencido(escena: Escena) -> None:
    """No payment is taken by two sweeps, and none is left."""
    ids = [escena.crear("10.00") for _ in range(24)]
    escena.reloj.adelantar(timedelta(seconds=31))
    hechos = _a_la_vez(4, conciliar)
    assert sum(hechos) == 24
    assert {escena.intento(i).estado for i in ids} == {"pagado"}
    assert {escena.intento(i).envios for i in ids} == {1}
    assert escena.saldo() == escena.cobrado() == 24_000


@pytest.mark.parametrize("ronda", range(5))
def test_pagar_y_cancelar_a_la_vez_termina_en_uno_de_los_dos(escena: Escena, ronda: int) -> None:
    from nucleo.bd import transaccion

    intento = escena.pagar("60.00", None)
    sesion_id = intento.sesion_id
    assert sesion_id is not None
    turno = iter([lambda: pagar_sesion(sesion_id, "pm_card_visa"), lambda: _cancelar()])
    cerrojo = threading.Lock()

    def _cancelar() -> None:
        with transaccion() as sesion:
            pedir_cancelacion(sesion, escena.actor, intento.id)
        avanzar(intento.id)

    def uno() -> None:
        with cerrojo:
            accion = next(turno)
        accion()

    _a_la_vez(2, uno)
    for _ in range(3):
        escena.barrer(timedelta(minutes=1))
    fin = escena.intento(intento.id)
    assert (fin.estado, escena.saldo(), escena.cobrado()) in {
        ("pagado", 6_000, 6_000),
        ("cancelado", 0, 0),
    }


def test_el_barrido_y_el_aviso_llegan_juntos(escena: Escena) -> None:
    intento_id = escena.crear("60.00", "pm_card_procesando")
    provocar(Falla.AVISO_DOBLE, de=intento_id)
    avanzar(intento_id)
    escena.reloj.adelantar(timedelta(seconds=61))
    from pagos.tarjetas.simulada.tiempo import avanzar_tiempo

    avanzar_tiempo()
    _a_la_vez(6, lambda: (avanzar(intento_id), conciliar()))
    escena.barrer(timedelta(minutes=1))
    assert escena.pasos(intento_id) == ["creado", "procesando", "pagado"]
    assert escena.saldo() == escena.cobrado() == 6_000
