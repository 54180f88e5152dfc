"""Whatever happens, in whatever order it is heard of, to purchases that a card or a QR pays: bought once or
not at all, the gateway has what the ledger says, and time alone ends each.

`QHATU_PRUEBAS_COMERCIO=10000` (as `make caos` does) tells 250 stories; the suite, some.
"""

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from comercio.compra.estados import SIN_PAGO, VIDA_PEDIDO
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores, tareas
from comercio.por_pagar import manejadores as de_por_pagar
from comercio.por_pagar.con_qr import compra_por_qr, pagar_por_qr
from comercio.por_pagar.estados import VIDA_POR_PAGAR
from comercio.por_pagar.seguir import dejar, revisar
from nucleo import reloj as modulo
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from pagos.tarjetas.conciliar import avanzar, conciliar
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.simulada import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.errores import ErrorSimulado
from tests.comercio.por_pagar.conftest import Caja

assert manejadores  # they listen
assert de_por_pagar
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 40
OK, NO, SIN_VUELTA = "pm_card_visa", "pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_refundFail"

Paso = tuple[str, int]
pasos: st.SearchStrategy[Paso] = st.one_of(
    st.tuples(st.sampled_from(["compra", "compra", "paga", "deja", "cancela"]), st.integers(0, 2)),
    st.tuples(st.sampled_from(["pregunta", "avisos", "oye", "barre", "revisa", "prepara"]), st.just(0)),
    st.tuples(st.sampled_from(["disputa", "decide"]), st.integers(0, 1)),
    st.tuples(st.sampled_from(["compra con qr", "lee"]), st.integers(0, 2)),
    st.tuples(st.just("pasan"), st.sampled_from([1, 11, 70])),
)
_COMPRA: list[Paso] = [("compra", 0), ("pregunta", 0)]
_GUIONES: tuple[list[Paso], ...] = (
    [],
    _COMPRA,
    [*_COMPRA, ("paga", 0)],
    [*_COMPRA, ("paga", 0), ("pregunta", 0), ("oye", 0)],
    [*_COMPRA, ("pasan", 11), ("revisa", 0)],
    [*_COMPRA, ("pasan", 11), ("revisa", 0), ("paga", 0)],
)
historias = st.builds(
    lambda guion, resto: guion + resto, st.sampled_from(_GUIONES), st.lists(pasos, max_size=8)
)


@pytest.fixture
def sin_tope(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every history is somebody's first."""
    monkeypatch.setattr("comercio.por_pagar.comprar.SIN_PAGAR", 1_000_000)


class Cuento:
    """Somebody buys of a thing of which there are four."""

    def __init__(self, caja: Caja, producto: Any) -> None:
        self.caja, self.producto = caja, producto
        self.compras: list[UUID] = []

    def hacer(self, que: str, cuanto: int) -> None:
        caja = self.caja
        if que == "compra":
            self.compras.append(caja.comprar((self.producto, cuanto + 1)))
        elif que == "compra con qr":
            self.compras.append(caja.comprar_con_qr((self.producto, cuanto + 1))[0])
        elif que == "pasan":
            caja.mercado.reloj.adelantar(timedelta(minutes=cuanto))
        elif que == "avisos":
            caja.tarjeta.avisos()
        elif que == "oye":
            entregar_pendientes()
        elif que == "barre":
            caja.barrer()
        elif self.compras:
            self.con_la_ultima(que, cuanto, self.compras[-1])

    def con_la_ultima(self, que: str, cuanto: int, compra_id: UUID) -> None:
        caja, codigo = self.caja, self.caja.fila(compra_id).codigo
        if que in ("paga", "pregunta", "disputa", "decide") and codigo is not None:
            return  # of a card alone
        if que == "lee":
            with transaccion() as sesion:
                total = compra_por_qr(sesion, codigo or "").total
                pagar_por_qr(sesion, caja.mercado.actor, codigo or "", caja.tarjeta.cuenta, total)
        elif que == "paga":
            if caja.tarjeta.intento(compra_id).sesion_id is not None:
                caja.pagar(compra_id, (OK, NO, SIN_VUELTA)[cuanto])
        elif que == "pregunta":
            avanzar(compra_id)
        elif que in ("disputa", "decide"):
            self.del_banco(que, bool(cuanto), str(caja.tarjeta.intento(compra_id).pasarela_id))
        else:
            with transaccion() as sesion:
                if que == "deja":
                    dejar(sesion, caja.mercado.actor, compra_id)
                elif que == "revisa":
                    revisar(sesion, compra_id)
                elif que == "prepara":
                    pedidos.preparar(sesion, caja.mercado.actor_vendedor, caja.pedidos(compra_id)[0].id)
                else:
                    pedidos.cancelar(sesion, caja.mercado.actor, caja.pedidos(compra_id)[0].id, "Porque sí")

    def del_banco(self, que: str, gana: bool, pago: str) -> None:
        """The cardholder tells their bank; what it decides. Neither is possible of what was not charged."""
        with suppress(ErrorSimulado):
            disputa = disputar_pago(pago)
            if que == "decide":
                decidir_disputa(str(disputa["id"]), gana_el_comercio=gana)

    def cuadra(self) -> None:
        self.caja.cuadra()
        for compra_id in self.compras:
            estado, suyos = self.caja.estados(compra_id)
            pagada = self.caja.fila(compra_id).pagada_en is not None
            assert pagada is not bool(suyos & SIN_PAGO), (estado, suyos)


@settings(
    max_examples=HISTORIAS or 6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(historias)
@example([*_COMPRA, ("paga", 0), ("pasan", 11), ("revisa", 0), ("pregunta", 0), ("oye", 0)])
@example([*_GUIONES[5], ("compra", 2), ("avisos", 0), ("barre", 0)])  # late, and somebody has them already
@example([*_GUIONES[3], ("cancela", 0), ("barre", 0), ("pasan", 70), ("barre", 0)])
@example([*_COMPRA, ("paga", 2), ("barre", 0), ("cancela", 0), ("barre", 0), ("pasan", 70), ("barre", 0)])
@example([*_COMPRA, ("deja", 0), ("paga", 0), ("barre", 0)])
@example([*_GUIONES[3], ("disputa", 0), ("barre", 0), ("cancela", 0), ("decide", 1), ("barre", 0)])
@example([*_GUIONES[3], ("prepara", 0), ("disputa", 0), ("barre", 0), ("decide", 0), ("barre", 0)])
@example([*_COMPRA, ("paga", 0), ("pregunta", 0), ("disputa", 0), ("barre", 0), ("oye", 0)])
@example([("compra con qr", 1), ("lee", 0), ("lee", 0), ("prepara", 0), ("cancela", 0), ("barre", 0)])
@example([("compra con qr", 1), ("pasan", 11), ("lee", 0), ("barre", 0), ("compra", 0), ("barre", 0)])
def test_de_toda_historia_se_sale_y_el_dinero_cuadra(
    caja: Caja, sin_cupo: None, sin_tope: None, historia: list[Paso]
) -> None:
    modulo.fijar_desfase(timedelta(0))
    cuento = Cuento(caja, caja.mercado.publicar("Faja", existencia=4))
    for que, cuanto in historia:
        try:
            cuento.hacer(que, cuanto)
        except ErrorDominio:
            continue
    cuento.cuadra()
    # Time alone: the gateway says what it knows, the sweeps run, and nobody does anything.
    for dias in (0, 1, 1, 8, 30, 90, 31, 2):
        caja.barrer(timedelta(days=dias, hours=2))
        tareas.cancelar_vencidos()
        entregar_pendientes()
    conciliar()
    cuento.cuadra()
    for compra_id in cuento.compras:
        assert caja.fila(compra_id).estado in VIDA_POR_PAGAR.fines
        assert {p.estado for p in caja.pedidos(compra_id)} <= VIDA_PEDIDO.fines
        if caja.fila(compra_id).codigo is None:
            with transaccion() as sesion:
                assert sesion.get_one(Intento, compra_id).estado in ("pagado", "rechazado", "cancelado")
