"""Paying: exact values, refusals that change nothing, and races forced on real connections."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, MontoExcedido, SinFacultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Conflicto, ErrorDominio, PrecondicionFallida, Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from pagos import CuentaInexistente, FondosInsuficientes
from pagos.cobros.errores import (
    EntidadNoRecibe,
    MontoNoCorresponde,
    OrdenAnulada,
    OrdenNoEncontrada,
    OrdenVencida,
    OrdenYaPagada,
    PagoDistinto,
)
from pagos.cobros.modelos import Orden, Pago
from pagos.cobros.ordenes import anular_orden
from pagos.cobros.pagar import pagar_a_unidad, pagar_orden
from pagos.cobros.tareas import vencer_ordenes
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.cobros.conftest import Caja


def test_pagar_todo_mueve_el_dinero_exacto_y_cierra_la_orden(caja: Caja) -> None:
    orden = caja.emitir("120.35")
    pago = caja.pagar(orden)
    despues = caja.orden(orden)
    assert (despues.estado, despues.pagado, despues.saldo, despues.version) == (
        "pagada",
        bs("120.35"),
        bs(0),
        2,
    )
    assert despues.terminada_en is not None
    assert (pago.monto, pago.medio, pago.cuenta_origen, pago.transferencia_id, pago.persona_id) == (
        bs("120.35"),
        "billetera",
        caja.de_ana,
        pago.id,
        caja.ana.id,
    )
    assert (caja.saldo(caja.de_ana), caja.recaudado()) == (379_65, 120_35)


def test_por_partes_hasta_el_ultimo_centavo(caja: Caja) -> None:
    orden = caja.emitir("100.00", parcial=True, minimo={"monto": "30.00"})
    caja.pagar(orden, monto=bs("30.00"))
    assert (caja.orden(orden).estado, caja.orden(orden).saldo) == ("pagada_parcial", bs("70.00"))
    caja.pagar(orden, quien=caja.luis, cuenta=caja.de_luis, monto=bs("45.00"))
    # What is left is below the minimum: then exactly that is the least.
    antes = caja.foto()
    for monto in ("24.99", "25.01"):
        with pytest.raises(MontoNoCorresponde):
            caja.pagar(orden, monto=bs(monto))
    assert caja.foto() == antes
    caja.pagar(orden, monto=bs("25.00"))
    assert (caja.orden(orden).estado, caja.orden(orden).version, caja.recaudado()) == ("pagada", 4, 100_00)


@pytest.mark.parametrize("monto", ["99.99", "100.01", "1.00"])
def test_la_que_no_admite_partes_se_paga_completa(caja: Caja, monto: str) -> None:
    orden = caja.emitir()
    antes = caja.foto()
    with pytest.raises(MontoNoCorresponde) as error:
        caja.pagar(orden, monto=bs(monto))
    assert "monto" in (error.value.campos or {})
    assert caja.foto() == antes


def test_lo_que_impide_pagar_no_cambia_nada(caja: Caja, crear_unidad: Any) -> None:
    pagada, anulada, cara = caja.emitir(), caja.emitir(), caja.emitir("500.01")
    caja.pagar(pagada)
    with transaccion() as sesion:
        anular_orden(sesion, caja.actor(caja.cajera), anulada.id, "Error de registro", 1)
    antes = caja.foto()
    casos: list[tuple[type[ErrorDominio], Callable[[], Any]]] = [
        (OrdenYaPagada, lambda: caja.pagar(pagada)),
        (OrdenAnulada, lambda: caja.pagar(anulada)),
        (FondosInsuficientes, lambda: caja.pagar(cara, quien=caja.luis, cuenta=caja.de_luis)),
        (Prohibido, lambda: caja.pagar(cara, quien=caja.ajena)),  # Ana's wallet
        (CuentaInexistente, lambda: caja.pagar(cara, cuenta=999_999)),
        (OrdenNoEncontrada, lambda: caja.pagar(Orden(id=nuevo_id()))),
    ]
    for clase, pagar in casos:
        with pytest.raises(clase):
            pagar()
        assert caja.foto() == antes


def test_el_mismo_pago_dos_veces_es_uno(caja: Caja) -> None:
    orden, id = caja.emitir("80.00"), nuevo_id()
    primero, segundo = caja.pagar(orden, id=id), caja.pagar(orden, id=id)
    assert primero.id == segundo.id == id
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (80_00, 420_00)
    otra = caja.emitir("80.00")
    antes = caja.foto()
    with pytest.raises(PagoDistinto):
        caja.pagar(otra, id=id)
    with pytest.raises(PagoDistinto):
        caja.pagar(orden, id=id, monto=bs("79.00"))
    with pytest.raises(Prohibido):  # nobody learns of another's payment by its id
        caja.pagar(orden, quien=caja.ajena, id=id)
    assert caja.foto() == antes


def test_una_unidad_paga_con_su_mandato_y_su_limite(caja: Caja, crear_unidad: Any, con_saldo: Any) -> None:
    taller = crear_unidad("Taller", representante=caja.luis, mandatos=[(caja.ana, [Facultad.PAGAR])])
    cuenta = con_saldo(taller, "300.00")
    orden = caja.emitir("200.00")
    with pytest.raises(SinFacultad):
        caja.pagar(orden, quien=caja.ajena, cuenta=cuenta)
    pago = caja.pagar(orden, cuenta=cuenta)
    assert (pago.unidad_id, pago.persona_id, caja.saldo(cuenta)) == (taller.id, caja.ana.id, 100_00)


def test_el_limite_del_mandato_alcanza_exacto(caja: Caja, con_saldo: Any, crear_persona: Any) -> None:
    from empresa_digital.registro import NuevoMandato, TipoUnidad, inscribir_de_oficio
    from nucleo.actor import Actor, Autorizacion

    datos = {
        "tipo": TipoUnidad.EMPRESA.value,
        "denominacion": "Empresa con tope",
        "forma_legal": "PM48",
        "municipio_ine": "020101",
        "actividad_ciiu": "1313",
        "direccion": "Calle de prueba",
        "telefono": "70000000",
    }
    with transaccion() as sesion:
        empresa = inscribir_de_oficio(
            sesion,
            Autorizacion.propia(Actor.sistema("prueba")),
            datos,
            mandatos=[NuevoMandato((Facultad.PAGAR,), persona_id=caja.ana.id, monto_limite=bs("50.00"))],
        )
    cuenta = con_saldo(empresa, "300.00")
    with pytest.raises(MontoExcedido):
        caja.pagar(caja.emitir("50.01"), cuenta=cuenta)
    assert caja.saldo(cuenta) == 300_00
    caja.pagar(caja.emitir("50.00"), cuenta=cuenta)
    assert caja.saldo(cuenta) == 250_00


def test_en_el_instante_en_que_vence_ya_no_se_paga(caja: Caja, reloj: Any) -> None:
    """The clock of the database decides, under the order's lock: the due instant itself is too late."""
    orden = caja.emitir(vence_en=caja.en(hours=2))
    reloj.adelantar(timedelta(hours=2) - timedelta(seconds=30))
    segunda = caja.emitir(vence_en=caja.en(hours=1))
    caja.pagar(orden)  # half a minute before
    reloj.adelantar(timedelta(hours=1, seconds=1))
    antes = caja.foto()
    with pytest.raises(OrdenVencida):
        caja.pagar(segunda)
    assert caja.foto() == antes
    assert (vencer_ordenes(), vencer_ordenes()) == (1, 0)
    despues = caja.orden(segunda)
    assert (despues.estado, despues.pagado, despues.version) == ("vencida", bs(0), 2)
    assert caja.orden(orden).estado == "pagada"
    with pytest.raises(OrdenVencida):
        caja.pagar(segunda)


def test_vencer_y_pagar_se_juzgan_con_el_mismo_reloj(caja: Caja) -> None:
    """Exactly at the instant: the sweep takes it and the payment does not, with no gap between them."""
    from pagos.cobros.estados import EstadoOrden, estado_visible
    from pagos.cobros.pagar import monto_a_pagar

    orden = caja.emitir(vence_en=caja.en(hours=2))
    un_micro = timedelta(microseconds=1)
    assert monto_a_pagar(orden, None, orden.vence_en - un_micro) == bs("100.00")
    with pytest.raises(OrdenVencida):
        monto_a_pagar(orden, None, orden.vence_en)
    assert estado_visible(EstadoOrden.PENDIENTE, orden.vence_en, orden.vence_en) is EstadoOrden.VENCIDA


# --- Races ----------------------------------------------------------------------------------------------


def a_la_vez(*funciones: Callable[[], Any]) -> list[Any]:
    """Run them at once, each in its thread and connection; their answers or their domain errors."""
    barrera = threading.Barrier(len(funciones), timeout=20)
    respuestas: list[Any] = [None] * len(funciones)

    def correr(i: int) -> None:
        barrera.wait()
        try:
            respuestas[i] = funciones[i]()
        except ErrorDominio as error:
            respuestas[i] = error

    hilos = [threading.Thread(target=correr, args=(i,)) for i in range(len(funciones))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
        assert not hilo.is_alive()
    return respuestas


def test_dos_que_pagan_a_la_vez_no_pagan_de_mas(caja: Caja) -> None:
    for _vez in range(5):
        orden, antes = caja.emitir("10.00"), caja.recaudado()
        respuestas = a_la_vez(
            lambda orden=orden: caja.pagar(orden),
            lambda orden=orden: caja.pagar(orden, quien=caja.luis, cuenta=caja.de_luis),
        )
        assert sorted(type(r).__name__ for r in respuestas) == ["OrdenYaPagada", "Pago"]
        assert caja.recaudado() - antes == 10_00
        assert caja.orden(orden).pagado == bs("10.00")


def test_muchos_por_partes_a_la_vez_suman_exactamente_la_orden(caja: Caja) -> None:
    orden = caja.emitir("50.00", parcial=True)
    respuestas = a_la_vez(
        *(
            lambda i=i: caja.pagar(
                orden,
                quien=caja.luis if i % 2 else caja.ana,
                cuenta=caja.de_luis if i % 2 else caja.de_ana,
                monto=bs("12.50"),
            )
            for i in range(8)
        )
    )
    assert sorted(type(r).__name__ for r in respuestas) == ["OrdenYaPagada"] * 4 + ["Pago"] * 4
    assert (caja.orden(orden).estado, caja.recaudado()) == ("pagada", 50_00)
    with transaccion() as sesion:
        assert len(sesion.exec(select(Pago)).all()) == 4


def test_el_rival_gana_mientras_se_espera_la_fila(caja: Caja) -> None:
    """Luis paid and has not committed: Ana waits for the row and then learns that it is paid."""
    orden = caja.emitir()
    llego, respuesta = threading.Event(), []

    def ana() -> None:
        llego.set()
        try:
            respuesta.append(caja.pagar(orden))
        except ErrorDominio as error:
            respuesta.append(error)

    with transaccion() as sesion:
        pagar_orden(sesion, caja.actor(caja.luis), orden.id, nuevo_id(), None, caja.de_luis)
        hilo = threading.Thread(target=ana)
        hilo.start()
        assert llego.wait(10)
        hasta_que_esperen()
    hilo.join(30)
    assert isinstance(respuesta[0], OrdenYaPagada)
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (100_00, 500_00)


def test_pagar_contra_anular(caja: Caja) -> None:
    def anular(orden: Orden) -> Orden:
        with transaccion() as sesion:
            return anular_orden(sesion, caja.actor(caja.cajera), orden.id, "Duplicada", orden.version)

    for _vez in range(6):
        orden, antes = caja.emitir("10.00"), caja.recaudado()
        pago, anulacion = a_la_vez(lambda orden=orden: caja.pagar(orden), lambda orden=orden: anular(orden))
        despues = caja.orden(orden)
        if despues.estado == "pagada":
            assert isinstance(pago, Pago)
            assert isinstance(anulacion, PrecondicionFallida | Conflicto)
            assert caja.recaudado() - antes == 10_00
        else:
            assert despues.estado == "anulada"
            assert isinstance(pago, OrdenAnulada)
            assert caja.recaudado() == antes


def test_el_mismo_id_a_la_vez_paga_una_vez(caja: Caja) -> None:
    orden, id = caja.emitir("10.00"), nuevo_id()
    respuestas = a_la_vez(*(lambda: caja.pagar(orden, id=id) for _ in range(6)))
    assert [getattr(r, "id", r) for r in respuestas] == [id] * 6
    assert caja.recaudado() == 10_00


# --- What follows ---------------------------------------------------------------------------------------


def test_avisos_a_quien_cobra_y_a_quien_paga_y_webhook(caja: Caja) -> None:
    from nucleo.modelos import MensajeWebhook
    from nucleo.webhooks import suscribir

    with transaccion() as sesion:
        suscribir(sesion, caja.alcaldia.id, "https://ejemplo.bo/avisos", ["OrdenDeCobroPagada"])
    orden = caja.emitir("75.50", referencia="PAT-2026-1")
    pago = caja.pagar(orden)
    entregar_pendientes()
    with transaccion() as sesion:
        avisos = {
            (n.persona_id, n.unidad_id): n for n in sesion.exec(select(Notificacion)) if "75,50" in n.asunto
        }
        de_ana = avisos[caja.ana.id, None]
        assert de_ana.enlace == f"/comprobantes/{pago.id}"
        assert "Municipio de Prueba" in de_ana.asunto
        assert avisos[None, caja.alcaldia.id].enlace == f"/cobros/ordenes/{orden.id}"
        (mensaje,) = sesion.exec(select(MensajeWebhook)).all()
    import json

    cuerpo = json.loads(mensaje.cuerpo)
    assert cuerpo["type"] == "OrdenDeCobroPagada"
    assert cuerpo["data"] | {"cpt": ""} == {
        "orden_id": str(orden.id),
        "cpt": "",
        "referencia": "PAT-2026-1",
        "estado": "pagada",
        "monto": {"monto": "75.50", "moneda": "BOB"},
        "pagado": {"monto": "75.50", "moneda": "BOB"},
        "total": {"monto": "75.50", "moneda": "BOB"},
        "pago_id": str(pago.id),
    }


# --- Without an order, and to a shop -------------------------------------------------------------------


def test_pago_libre_a_una_unidad(caja: Caja, crear_unidad: Any) -> None:
    from empresa_digital.registro import Habilitacion
    from pagos import TipoCuenta, cuenta_de_unidad

    puesto = crear_unidad(
        "Puesto de fruta", representante=caja.luis, habilitaciones=[Habilitacion.RECEPTOR_DE_PAGOS]
    )
    cerrado = crear_unidad("Puesto sin permiso", representante=caja.luis)
    id = nuevo_id()
    for _vez in range(2):
        with transaccion() as sesion:
            pagar_a_unidad(sesion, caja.actor(caja.ana), puesto.id, id, bs("7.20"), caja.de_ana)
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, puesto.id, TipoCuenta.COMERCIO)
    assert (caja.saldo(cuenta), caja.saldo(caja.de_ana)) == (7_20, 492_80)
    antes = caja.foto()
    with pytest.raises(EntidadNoRecibe), transaccion() as sesion:
        pagar_a_unidad(sesion, caja.actor(caja.ana), cerrado.id, nuevo_id(), bs("7.20"), caja.de_ana)
    assert caja.foto() == antes
