"""A unit that closes and a charge, or a payment, that begins: one waits for the other, and sees it."""

from typing import Any

import pytest
from sqlmodel import Session

from empresa_digital.registro import EstadoUnidad, SinHabilitacion, UnidadInactiva, inscripcion, unidad_por_id
from empresa_digital.registro.inscripcion.errores import ObligacionesVivas
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos.cobros.errores import EntidadNoRecibe
from pagos.cobros.ordenes import anular_orden, emitir_orden
from pagos.cobros.pagar import pagar_a_unidad, pagar_orden
from tests.ayudas.carreras import cruzar
from tests.pagos.cobros.conftest import Caja


@pytest.fixture(autouse=True)
def _todas_las_habitaciones(aplicacion: Any) -> None:
    """Rooms register what lives when the application is put together."""


@pytest.fixture
def cerrar(caja: Caja) -> Any:
    return lambda sesion: inscripcion.cancelar(
        sesion, caja.actor(caja.alberto), caja.alcaldia.id, "Se disuelve"
    )


def _estado(caja: Caja) -> str:
    with transaccion() as sesion:
        return unidad_por_id(sesion, caja.alcaldia.id).estado


def test_emitir_y_cerrar_no_se_cruzan(caja: Caja, cerrar: Any) -> None:
    def emitir(sesion: Session) -> None:
        emitida.append(emitir_orden(sesion, caja.actor(caja.cajera), caja.pedido()).orden)

    emitida: list[Any] = []
    assert isinstance(cruzar(emitir, cerrar), ObligacionesVivas)
    assert _estado(caja) == EstadoUnidad.INSCRITA
    with transaccion() as sesion:
        anular_orden(sesion, caja.actor(caja.cajera), emitida[0].id, "Error", emitida[0].version)
    antes = caja.foto()
    assert isinstance(cruzar(cerrar, emitir), SinHabilitacion)
    assert (_estado(caja), caja.foto()) == (EstadoUnidad.CANCELADA, antes)


def test_el_pago_libre_que_empezo_antes_gana_al_cierre(caja: Caja, cerrar: Any) -> None:
    """Its money would be left in a closed unit."""

    def pagar(sesion: Session) -> None:
        pagar_a_unidad(sesion, caja.actor(caja.ana), caja.alcaldia.id, nuevo_id(), bs("7.20"), caja.de_ana)

    assert isinstance(cruzar(pagar, cerrar), ObligacionesVivas)
    assert (_estado(caja), caja.recaudado()) == (EstadoUnidad.INSCRITA, 7_20)


def test_el_cierre_que_empezo_antes_gana_al_pago_libre(caja: Caja, cerrar: Any) -> None:
    def pagar(sesion: Session) -> None:
        pagar_a_unidad(sesion, caja.actor(caja.ana), caja.alcaldia.id, nuevo_id(), bs("7.20"), caja.de_ana)

    antes = caja.foto()
    assert isinstance(cruzar(cerrar, pagar), EntidadNoRecibe)
    assert (_estado(caja), caja.foto()) == (EstadoUnidad.CANCELADA, antes)


def test_pagar_la_ultima_orden_y_cerrar_no_se_cruzan(caja: Caja, cerrar: Any) -> None:
    orden = caja.emitir("20.00")

    def pagar(sesion: Session) -> None:
        pagar_orden(sesion, caja.actor(caja.ana), orden.id, nuevo_id(), None, caja.de_ana)

    assert isinstance(cruzar(pagar, cerrar), ObligacionesVivas)
    assert (_estado(caja), caja.recaudado()) == (EstadoUnidad.INSCRITA, 20_00)


def test_suspendida_ve_y_anula_sus_ordenes_y_no_emite(
    caja: Caja, reguladora: Actor, sesion_web: Any, sesion: Session
) -> None:
    orden = caja.emitir("20.00")
    inscripcion.suspender(sesion, reguladora, caja.alcaldia.id, "Reclamos")
    sesion.commit()
    with pytest.raises(UnidadInactiva):
        caja.emitir("30.00")
    cajera = sesion_web(caja.cajera)
    for escritorio in (cajera.get("/cobros").text, cajera.get(f"/cobros?unidad={caja.alcaldia.numero}").text):
        assert f'href="/cobros/ordenes/{orden.id}"' in escritorio
        assert "/cobros/ordenes/nueva" not in escritorio
    vista = f"/cobros/ordenes/{orden.id}"
    assert "Anular la orden" in cajera.get(vista).text
    anulada = cajera.post(f"{vista}/anular", data={"motivo": "Suspendida", "_version": "1"})
    assert anulada.status_code == 303
    assert caja.orden(orden).estado == "anulada"
