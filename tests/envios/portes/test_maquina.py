"""Postage and debts × the life of an item × time: whatever is told, in whatever order, ledger, rows and
events say the same, no centavo is made or lost, and time alone ends every postage.

`QHATU_PRUEBAS_ENVIOS=10000` (as `make caos` does) tells a hundred stories; the suite a few.
"""

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from moneyed import Money

from envios import deudas, portes
from envios.deudas.tareas import cobrar_vencidas
from envios.eventos.consultas import eventos_de
from envios.eventos.tareas import revisar_vencidos
from envios.items.consultas import envio_por_id
from envios.portes.excedentes import aceptar_excedente, excedente_en_efectivo, rechazar_excedente
from envios.portes.tareas import saldar_pendientes, vencer_excedentes
from nucleo.bd import transaccion
from nucleo.dinero import bs, cero, de_centavos
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.portes.conftest import Casa, Unidad

SECUENCIAS = int(os.environ.get("QHATU_PRUEBAS_ENVIOS", "0"))

EVENTOS = ("EMA", "EMC", "EDG", "EMI", "EMI", "QHAC")
actos = st.one_of(
    st.tuples(st.just("evento"), st.sampled_from(EVENTOS), st.integers(0, 40)),
    st.tuples(st.just("corrige"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("mide"), st.sampled_from([300, 1_000, 1_600, 2_400]), st.just(0)),
    st.tuples(st.sampled_from(["acepta", "rechaza", "en_efectivo"]), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["ronda", "ventanilla"]), st.just(0), st.just(0)),
    st.tuples(st.just("ingresa"), st.sampled_from([1_000, 7_350]), st.just(0)),
    st.tuples(st.just("pasan"), st.sampled_from([1, 4, 31]), st.just(0)),
)
historias = st.builds(  # most of them are weighed and received, or delivered, before what may happen then
    lambda principio, resto: [*principio, *resto],
    st.sampled_from(
        [
            [],
            [("mide", 2_400, 0), ("evento", "EMA", 0)],
            [("mide", 300, 0), ("evento", "EMC", 0)],
            [("evento", "EMA", 0), ("evento", "EMI", 20), ("corrige", 0, 0)],
            [("evento", "EMI", 30), ("evento", "EMI", 10)],
            [("evento", "EMI", 30), ("ingresa", 7_350, 0)],
        ]
    ),
    st.lists(actos, min_size=1, max_size=5),
)
COBROS = (cero(), bs("73.50"))
PRECIOS = {300: bs("18"), 1_000: bs("18"), 1_600: bs("24"), 2_400: bs("27")}
POR_COBRAR = bs("5")


class Relato:
    """One item, what it is told, and what must come out."""

    def __init__(self, casa: Casa, reloj: Any, *, cobro: Money, paga: str, remite: str) -> None:
        self.casa, self.reloj, self.cobro = casa, reloj, cobro
        self.envio: UUID = casa.enviar(1_600, paga=paga, remite=remite, cobro=cobro)
        self.inicio = ahora() - timedelta(hours=2)
        self.medido, self.iba = 1_600, self.fila[0]

    def hacer(self, que: str, cual: Any, minuto: int) -> None:
        """A refusal of the domain is an answer like any other; it changes nothing (looked at after each)."""
        with suppress(ErrorDominio):
            getattr(self, que)(cual, minuto)

    def evento(self, codigo: str, minuto: int) -> None:
        id = f"{self.envio.hex}:{codigo}:{minuto}"
        self.casa.pasa(self.envio, codigo, minuto=minuto, id=id, desde=self.inicio)

    def corrige(self, cual: int, _m: int) -> None:
        with transaccion() as sesion:
            hay = eventos_de(sesion, self.envio)
        if cual < len(hay):
            self.casa.corregir(hay[-1 - cual].id)

    def mide(self, peso_g: int, _m: int) -> None:
        self.casa.medir(self.envio, peso_g)
        self.medido = peso_g

    def acepta(self, *_: Any) -> None:
        with transaccion() as sesion:
            aceptar_excedente(sesion, nuevo_actor(self.casa.ana), self.envio)

    def rechaza(self, *_: Any) -> None:
        with transaccion() as sesion:
            rechazar_excedente(sesion, nuevo_actor(self.casa.ana), self.envio)

    def en_efectivo(self, *_: Any) -> None:
        with transaccion() as sesion:
            excedente_en_efectivo(sesion, nuevo_actor(self.casa.operador.jefa), self.envio)

    def ronda(self, *_: Any) -> None:
        with transaccion() as sesion:
            deudas.cerrar_ronda(sesion, nuevo_actor(self.casa.operador.jefa), self.casa.operador.id)

    def ventanilla(self, *_: Any) -> None:
        for deuda in self.casa.deudas(self.envio):
            with transaccion() as sesion:
                deudas.pagar_en_efectivo(
                    sesion, nuevo_actor(self.casa.operador.jefa), deuda.id, "Felipa Mamani, 1234567"
                )

    def ingresa(self, centavos: int, _m: int) -> None:
        self.ingresar(de_centavos(centavos))

    def ingresar(self, monto: Money) -> None:
        abonar(Unidad(self.casa.operador.id), str(monto.amount))

    def pasan(self, dias: int, _m: int) -> None:
        self.reloj.adelantar(timedelta(days=dias))
        while revisar_vencidos():
            pass
        vencer_excedentes()
        cobrar_vencidas()
        saldar_pendientes()

    @property
    def fila(self) -> tuple[Any, ...]:
        return self.casa.fila(self.envio)

    def cuadra(self) -> None:
        self.casa.todo_cuadra()
        self.como_debe()
        with transaccion() as sesion:
            porte = portes.porte_de(sesion, self.envio)
        assert porte is not None
        vivas = [d for d in self.casa.deudas(self.envio) if d.estado != "cancelada"]
        assert len(vivas) <= 1
        assert all(d.monto == porte.contra_entrega for d in vivas)

    def como_debe(self) -> None:
        """By what was measured before the operator had it, not by what the postage says of itself."""
        estado, cobrado, devuelto = self.fila
        recargo = POR_COBRAR if self.cobro else cero()
        cuesta, cotizado = PRECIOS[self.medido] + recargo, PRECIOS[1_600] + recargo
        if estado == "liquidado":
            assert (cobrado, devuelto) == (min(cuesta, cotizado), max(cotizado - cuesta, cero()))
            assert (self.casa.excedente(self.envio) or ("", cero()))[1] == max(cuesta - cotizado, cero())
        elif estado == "devuelto":
            assert (cobrado, devuelto) == (cero(), cotizado)
        if estado != self.iba:
            with transaccion() as sesion:
                envio = envio_por_id(sesion, self.envio)
                assert estado == ("liquidado" if envio.admitido_en is not None else "devuelto")
                assert envio.admitido_en is not None or envio.estado == "anulado"
        self.iba = estado


@pytest.fixture
def rica(casa: Casa) -> Casa:
    abonar(Unidad(casa.tienda_id), "9000.00")
    return casa


@settings(
    max_examples=SECUENCIAS // 100 or 12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(historias, st.sampled_from(COBROS), st.sampled_from(["tienda", "efectivo"]), st.booleans())
@example([("mide", 300, 0), ("evento", "EMA", 0)], cero(), "tienda", False)  # what it cost less goes back
def test_nada_se_crea_ni_se_pierde(
    rica: Casa, reloj: Any, historia: list[Any], cobro: Money, paga: str, tercero: bool
) -> None:
    relato = Relato(rica, reloj, cobro=cobro, paga=paga, remite="tercero" if tercero else "tienda")
    for acto in historia:
        relato.hacer(*acto)
        relato.cuadra()

    relato.ingresar(cobro + bs("0.01"))  # the operator has what it owes: time alone ends all
    for _ in range(2):
        relato.pasan(31, 0)
    relato.cuadra()
    with transaccion() as sesion:
        porte = portes.porte_de(sesion, relato.envio)
    assert porte is not None
    assert porte.estado != "retenido"
    excedente = rica.excedente(relato.envio)
    assert excedente is None or excedente[0] != "por_consentir"
    assert all(d.estado != "pendiente" or d.en_ventanilla for d in rica.deudas(relato.envio))
