"""A unit does not close while a card still moves money of its account."""

import uuid
from typing import Any

import pytest
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos.libro import TipoCuenta, cuenta_de_unidad
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.iniciar import recargar
from pagos.tarjetas.modelos import Disputa
from pagos.tarjetas.obligaciones import cobros_con_tarjeta
from pagos.tarjetas.simulada.disputas import decidir_disputa, disputar_pago
from tests.pagos.tarjetas.conftest import OK, Escena


@pytest.fixture
def unidad(escena: Escena, crear_unidad: Any) -> Any:
    return crear_unidad(representante=escena.persona)


def _vivas(unidad: Any) -> list[tuple[str, int]]:
    with transaccion() as sesion:
        return [(o.texto, o.cuantas) for o in cobros_con_tarjeta(sesion, unidad.id)]


def test_un_pago_en_curso_y_una_disputa_la_tienen_abierta(escena: Escena, unidad: Any) -> None:
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, unidad.id, TipoCuenta.COMERCIO)
        id = uuid.uuid4()
        recargar(sesion, escena.actor, id=id, monto=bs("50.00"), cuenta_id=cuenta, metodo=OK)
    assert _vivas(unidad) == [("Espere a que terminen los pagos con tarjeta.", 1)]
    avanzar(id)
    assert _vivas(unidad) == []

    pagado = escena.intento(id)
    assert pagado.pasarela_id is not None
    disputar_pago(pagado.pasarela_id)
    escena.barrer()
    assert _vivas(unidad) == [("Espere a que el banco decida las disputas.", 1)]
    with transaccion() as sesion:
        (disputa,) = sesion.exec(select(Disputa)).all()
    decidir_disputa(disputa.pasarela_id, gana_el_comercio=True)
    escena.barrer()
    assert _vivas(unidad) == []
