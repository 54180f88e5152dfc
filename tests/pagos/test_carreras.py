"""Races between what the rooms of payments do to one thing: forced, and whoever comes second is told."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import inscripcion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.ids import nuevo_id
from pagos.banco.decidir import Accion, decidir
from pagos.banco.errores import MovimientoNoEspera
from pagos.banco.recibir import recibir
from pagos.banco.verificar import verificar_banco
from pagos.billetera.enviar import enviar
from pagos.libro import SolicitudTransferencia, exigir_cuenta, exigir_transferencia, obtener_cuenta
from pagos.libro.congelar import Origen, congelar_cuenta
from pagos.libro.tareas import caducar_pendientes
from pagos.reservas.reservas import anotar_vencidas, anular, confirmar
from pagos.reservas.verificar import verificar_reservas
from pagos.tarjetas.simulada import pagos as simulada
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.errores import ErrorSimulado
from tests.ayudas.carreras import cruzar, hasta_que_esperen
from tests.pagos.banco.extractos import Apunte, camt
from tests.pagos.banco.test_decidir import pendiente
from tests.pagos.banco.test_recibir import de, enviados
from tests.pagos.conftest import Libro
from tests.pagos.firma import Firma
from tests.pagos.reservas.test_reservas import reservar
from tests.pagos.retiros.test_retiros import _estado, _saldos, regulador
from tests.pagos.test_api import Gente, gente

__all__ = ["gente", "regulador", "reservar"]  # the fixtures


@pytest.fixture(autouse=True)
def _todas_las_habitaciones(aplicacion: Any) -> None:
    """Rooms register what lives when the application is put together."""


def a_la_vez(*actos: Callable[[], Any]) -> list[Any]:
    """What each gave or raised, all of them begun together."""
    barrera, hechos = threading.Barrier(len(actos)), [None] * len(actos)

    def correr(n: int) -> None:
        barrera.wait(timeout=30)
        try:
            hechos[n] = actos[n]()
        except Exception as error:
            hechos[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(len(actos))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
        assert not hilo.is_alive()
    return hechos


# --- Reserves -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ronda", range(6))
def test_todo_a_la_vez_sobre_una_reserva_hace_una_cosa(
    gente: Gente, libro: Libro, reservar: Callable[..., str], actor_de: Any, reloj: Any, ronda: int
) -> None:
    """Confirmed, voided, expired, her account frozen and emptied, and the shop that would be paid closed."""
    actor = actor_de(gente.ana)
    with transaccion() as sesion:  # the shop is empty: only the reserve keeps it from closing
        _pagar(sesion, actor, gente.cuenta_tienda, gente.cuenta_luis, "50.00")
    id = UUID(reservar("40.00", credito=gente.cuenta_tienda, plazo_s=60))
    reloj.adelantar(timedelta(seconds=59.8 if ronda % 2 else 30))

    def en_una(hacer: Callable[[Session], Any]) -> Callable[[], Any]:
        def correr() -> Any:
            with transaccion() as sesion:
                return hacer(sesion)

        return correr

    def congelar(sesion: Session) -> bool:
        cuenta = obtener_cuenta(sesion, gente.cuenta_ana)
        autorizacion = exigir_cuenta(sesion, actor, cuenta)
        return congelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.TITULAR, motivo="Perdí el celular")

    hechos = a_la_vez(
        en_una(lambda s: str(confirmar(s, actor, id, bs("25.00")).estado)),
        en_una(lambda s: str(anular(s, actor, id).estado)),
        en_una(lambda s: str(confirmar(s, actor, id).estado)),
        caducar_pendientes,
        en_una(congelar),
        en_una(lambda s: _pagar(s, actor, gente.cuenta_ana, gente.cuenta_luis, "60.00")),
        en_una(lambda s: inscripcion.cancelar(s, actor, gente.tienda.id, "Se disuelve")),
        en_una(lambda s: anular(s, actor, id)),
    )

    assert all(isinstance(h, ErrorDominio) for h in hechos if isinstance(h, Exception)), hechos
    caducar_pendientes()
    with transaccion() as sesion:
        anotar_vencidas(sesion)
        assert verificar_reservas(sesion) == []
    gastado = 6_000 if not isinstance(hechos[5], Exception) else 0
    estado, confirmado = libro.conexion.execute(
        "SELECT estado, confirmado FROM pagos_reserva WHERE id = %s", [id]
    ).fetchone() or ("", 0)
    resueltas = [h for h in (hechos[0], hechos[1], hechos[2]) if isinstance(h, str)]
    if estado == "abierta":
        assert resueltas == []
    else:
        assert len(set(resueltas)) <= 1
    debidos, creditos, retenido, _ = libro.saldos(gente.cuenta_ana)
    assert (debidos, creditos) == (gastado + confirmado, 10_000)
    assert retenido == (4_000 if estado == "abierta" else 0)
    assert libro.saldo(gente.cuenta_tienda) == confirmado
    assert confirmado in {"confirmada": {2_500, 4_000}}.get(estado, {0})


def _pagar(sesion: Session, actor: Any, debito: int, credito: int, monto: str) -> str:
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, debito), bs(monto))
    pedido = SolicitudTransferencia(
        id=nuevo_id(), debito=debito, credito=credito, monto=bs(monto), codigo=1 if debito != credito else 2
    )
    (hecha,) = exigir_transferencia(sesion, pedido, autorizacion)
    return hecha.codigo


def test_lo_que_llega_a_una_unidad_que_cierra_lo_sacan_los_suyos(
    gente: Gente, libro: Libro, actor_de: Any
) -> None:
    """A payment by account number does not wait for a closure: what it leaves there is not stuck."""
    actor, luis = actor_de(gente.ana), actor_de(gente.luis)
    with transaccion() as sesion:
        _pagar(sesion, actor, gente.cuenta_tienda, gente.cuenta_luis, "50.00")
    with transaccion() as sesion:
        _pagar(sesion, luis, gente.cuenta_luis, gente.cuenta_tienda, "7.00")
        with transaccion() as otra:
            inscripcion.cancelar(otra, actor, gente.tienda.id, "Se disuelve")
    assert libro.saldo(gente.cuenta_tienda) == 700
    with transaccion() as sesion:
        assert enviar(
            sesion,
            actor,
            id=nuevo_id(),
            cuenta_id=gente.cuenta_tienda,
            persona_id=gente.ana.id,
            monto=bs("7.00"),
        ).hecha
    assert libro.saldo(gente.cuenta_tienda) == 0


# --- The bank -----------------------------------------------------------------------------------------------


def test_el_mismo_archivo_subido_dos_veces_a_la_vez_es_uno(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    contenido = camt([de(retiro, "10.00", referencia="1"), Apunte(monto="1.00", referencia="2")])
    ids: list[Any] = []

    def subir(sesion: Session) -> None:
        ids.append(recibir(sesion, regulador, nombre="e.xml", contenido=contenido).id)

    assert cruzar(subir, subir) is None
    assert len(set(ids)) == 1
    assert (_estado(retiro.id), _saldos(firma)) == ("pagado", (499_000, 499_000, 1_000))
    with transaccion() as sesion:
        assert verificar_banco(sesion) == []
        cuantos = (
            "SELECT (SELECT count(*) FROM pagos_banco_archivo), (SELECT count(*) FROM pagos_banco_movimiento)"
        )
        assert tuple(sesion.connection().execute(text(cuantos)).one()) == (1, 2)


@pytest.mark.parametrize("primero", ["pago", "ninguna"])
def test_dos_personas_deciden_a_la_vez_y_gana_una(firma: Firma, regulador: Any, primero: str) -> None:
    uno, otro = enviados(firma, regulador, "10.00", "10.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))

    def decide(accion: str, retiro: Any) -> Callable[[Session], Any]:
        retiro_id = retiro.id if accion == "pago" else None
        return lambda s: decidir(
            s, regulador, id, Accion(accion), motivo=f"Digo {accion}", retiro_id=retiro_id
        )

    tarde = cruzar(decide(primero, uno), decide("pago", otro))

    assert isinstance(tarde, MovimientoNoEspera)
    pagado = "pagado" if primero == "pago" else "en_lote"
    assert (_estado(uno.id), _estado(otro.id)) == (pagado, "en_lote")
    with transaccion() as sesion:
        assert verificar_banco(sesion) == []


def test_dos_movimientos_no_pagan_el_mismo_retiro_a_la_vez(firma: Firma, regulador: Any) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))
    llega = camt([de(retiro, "10.00", referencia="2")])

    def decide(sesion: Session) -> None:
        decidir(sesion, regulador, id, Accion.PAGO, motivo="Lo dijo el banco", retiro_id=retiro.id)

    def recibe(sesion: Session) -> None:
        recibir(sesion, regulador, nombre="e.xml", contenido=llega)

    assert cruzar(decide, recibe) is None
    assert (_estado(retiro.id), _saldos(firma)) == ("pagado", (499_000, 499_000, 1_000))
    with transaccion() as sesion:
        assert verificar_banco(sesion) == []
        resultados = "SELECT resultado FROM pagos_banco_movimiento ORDER BY 1"
        assert sesion.connection().execute(text(resultados)).scalars().all() == [
            "pagado_dos_veces",
            "sin_referencia",
        ]


# --- The simulated gateway ----------------------------------------------------------------------------------


def _retenido(almacen: Any) -> str:
    pedido = {
        "amount": 5_000,
        "currency": "bob",
        "confirm": True,
        "capture_method": "manual",
        "payment_method": "pm_card_visa",
        "payment_method_types": ["card"],
    }
    return str(simulada.crear(almacen, p=pedido)["id"])


@pytest.mark.parametrize("segundo", ["capturar", "cancelar"])
@pytest.mark.parametrize("primero", ["capturar", "cancelar"])
def test_capturar_y_cancelar_a_la_vez_hacen_uno(bd: Any, primero: str, segundo: str) -> None:
    with abrir() as almacen:
        id = _retenido(almacen)
    hechos: list[Any] = []

    def despues() -> None:
        try:
            with abrir() as otro:
                hechos.append(getattr(simulada, segundo)(otro, id, p={}))
        except ErrorSimulado as error:
            hechos.append(error)

    hilo = threading.Thread(target=despues)
    with abrir() as almacen:
        pi = getattr(simulada, primero)(almacen, id, p={})
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert pi["status"] == {"capturar": "succeeded", "cancelar": "canceled"}[primero]
    assert isinstance(hechos[0], ErrorSimulado)
    assert hechos[0].cuerpo["error"]["code"] == "payment_intent_unexpected_state"
    with abrir() as almacen:
        saldos = almacen.listar("balance_transaction", filtro={"type": "charge"})
    assert [s["amount"] for s in saldos] == ([5_000] if primero == "capturar" else [])
