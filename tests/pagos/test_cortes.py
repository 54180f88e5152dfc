"""A connection dies anywhere in the middle: nothing is half done, and the same again does it once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from nucleo.bd import transaccion
from nucleo.paginacion import CursorPedido
from pagos.banco.consultas import lineas_de
from pagos.banco.decidir import Accion, decidir
from pagos.banco.recibir import recibir
from pagos.banco.verificar import verificar_banco
from pagos.reservas.verificar import verificar_reservas
from pagos.retiros.verificar import verificar_retiros
from tests.ayudas.cortes import cada_corte
from tests.ayudas.limpieza import Limpiador
from tests.pagos.banco.extractos import Apunte, camt
from tests.pagos.banco.test_decidir import pendiente
from tests.pagos.banco.test_recibir import de, enviados
from tests.pagos.conftest import Libro
from tests.pagos.firma import Firma
from tests.pagos.reservas.test_reservas import RUTA, pedido, reservar
from tests.pagos.retiros.test_retiros import _estado, _saldos, regulador
from tests.pagos.test_api import Gente, gente

__all__ = ["gente", "regulador", "reservar"]  # the fixtures
Cortar = Callable[[Callable[[], Any]], int]


@pytest.fixture
def cortar_en_todo(bd: Engine, servidores: dict[str, Any], _limpiador: Limpiador) -> Cortar:
    """`cortar_en_todo(hacer)`: after each cut no table has changed, and the web answered 503, saying so."""

    def probar(hacer: Callable[[], Any]) -> int:
        antes = _limpiador.foto()

        def cortado(quedo: Any) -> None:
            if isinstance(quedo, Exception):
                assert isinstance(quedo, OperationalError), repr(quedo)
            else:
                assert quedo.status_code == 503, quedo.text
                assert "Repita" in quedo.json()["detail"]
            ahora = _limpiador.foto()
            assert {t for t in antes if ahora[t] != antes[t]} <= {"ciudadania_token"}

        return cada_corte(bd, servidores["url"], hacer, cortado)

    return probar


def test_una_reserva_cortada_no_retiene_y_repetida_se_hace_una_vez(
    cliente: Any, gente: Gente, libro: Libro, cortar_en_todo: Cortar
) -> None:
    cuerpo, clave = pedido(gente), {"Idempotency-Key": "reserva-1"}
    respuestas: list[Any] = []

    def crear() -> Any:
        respuestas.append(cliente.post(RUTA, json=cuerpo, headers=gente.de_ana | clave))
        return respuestas[-1]

    assert cortar_en_todo(crear) > 5
    assert respuestas[-1].status_code == 201
    assert crear().headers["idempotency-replayed"] == "true"  # the answer was lost, not the reserve
    assert cliente.post(RUTA, json=cuerpo, headers=gente.de_ana).status_code == 200
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 4_000, 0)
    assert libro.saldos(gente.cuenta_luis) == (0, 100, 0, 4_000)


@pytest.mark.parametrize(
    ("acto", "cuerpo", "pagado"),
    [("confirmacion", {"monto": {"monto": "25.50"}}, 2_550), ("anulacion", {}, 0)],
)
def test_resolver_una_reserva_cortado_no_mueve_nada(
    cliente: Any,
    gente: Gente,
    libro: Libro,
    reservar: Callable[..., str],
    cortar_en_todo: Cortar,
    acto: str,
    cuerpo: Any,
    pagado: int,
) -> None:
    id = reservar("40.00")
    respuestas: list[Any] = []

    def resolver() -> Any:
        respuestas.append(cliente.post(f"{RUTA}/{id}/{acto}", json=cuerpo, headers=gente.de_ana))
        return respuestas[-1]

    assert cortar_en_todo(resolver) > 5
    assert respuestas[-1].status_code == 200
    assert resolver().json() == respuestas[-1].json()
    assert libro.saldos(gente.cuenta_ana) == (pagado, 10_000, 0, 0)
    assert libro.saldo(gente.cuenta_luis) == 100 + pagado
    with transaccion() as sesion:
        assert verificar_reservas(sesion) == []


def test_un_archivo_del_banco_cortado_no_paga_a_medias(
    firma: Firma, regulador: Any, cortar_en_todo: Cortar
) -> None:
    """Payments, a return and what waits, in one file: all of it or none; the same file afterwards, whole."""
    pagado, devuelto, doble = enviados(firma, regulador, "100.00", "50.00", "7.00")
    contenido = camt(
        [
            de(pagado, "100.00", referencia="1"),
            de(devuelto, "50.00", "CRDT", referencia="2", causa="AC04"),
            de(doble, "7.00", referencia="3"),
            de(doble, "7.00", referencia="4"),
            Apunte(monto="1.00", referencia="5"),
        ]
    )

    def llega() -> Any:
        with transaccion() as sesion:
            return recibir(sesion, regulador, nombre="e.xml", contenido=contenido).id

    assert cortar_en_todo(llega) > 20
    assert [_estado(r.id) for r in (pagado, devuelto, doble)] == ["pagado", "rechazado", "pagado"]
    assert _saldos(firma) == (489_300, 489_300, 10_700)
    with transaccion() as sesion:
        lineas, _mas = lineas_de(sesion, llega(), CursorPedido(None, 100))
        assert [m.resultado for _l, m in lineas] == [
            "pagado",
            "devuelto",
            "pagado",
            "pagado_dos_veces",
            "sin_referencia",
        ]
        assert verificar_banco(sesion) + verificar_retiros(sesion) == []


def test_una_decision_cortada_no_resuelve_a_medias(
    firma: Firma, regulador: Any, cortar_en_todo: Cortar
) -> None:
    (retiro,) = enviados(firma, regulador, "10.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))

    def decide() -> None:
        with transaccion() as sesion:
            decidir(sesion, regulador, id, Accion.PAGO, motivo="Lo dijo el banco", retiro_id=retiro.id)

    assert cortar_en_todo(decide) > 5
    assert _estado(retiro.id) == "pagado"
    decide()
    with transaccion() as sesion:
        assert verificar_banco(sesion) + verificar_retiros(sesion) == []
