"""Auctions, whatever the sequence: a plain model beside the tables, and time alone ends each of them."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from feria_inversa.evaluacion.consultas import comparar_grupos
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.errores import PujaInsuficiente, PujaTardia, SubastaSinEmpezar
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.tareas import terminar_subastas
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.subasta.ayudas import MINUTO, abrir, por_abrir, sala

PASO = {1: Decimal(600), 2: Decimal(200)}
INICIAL = {
    (1, "ana"): Decimal(59000),
    (2, "ana"): Decimal(19000),
    (1, "beto"): Decimal(58000),
    (2, "beto"): Decimal(19500),
}
MOTIVO = "Se cortó la red de la entidad."
GRACIA = timedelta(seconds=2)
"""Nothing is tried nearer to an edge: the clock goes on while a test thinks."""


class Maquina(RuleBasedStateMachine):
    """Each rule foresees the refusal, or does it; the tables must say what the model says."""

    feria: Feria
    reloj: Any
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.cuantas = 0
        self._otra()

    def _otra(self) -> None:
        ofertas = [(self.feria.ana, ["590.00", "1900.00"]), (self.feria.beto, ["580.00", "1950.00"])]
        sillas = [item("Silla", "100", "600.00"), item("Mesa", "10", "2000.00")]
        self.id = por_abrir(self.feria, self.reloj, ofertas, sillas)
        abrir(self.feria, self.id)
        dicha = sala(self.id).subasta
        self.empieza = dicha.empieza_en
        self.termina = dict.fromkeys((1, 2), self.empieza + 30 * MINUTO)
        self.precios = dict(INICIAL)
        self.estado = "subasta"
        self.prorrogas = 0
        self.cuantas += 1
        if self.cuantas % 2:
            self.reloj.situar(self.empieza + GRACIA)
            self.casi_termina(grupo=1)

    def _en_el_borde(self) -> bool:
        bordes = [self.empieza, *self.termina.values(), *(t - 5 * MINUTO for t in self.termina.values())]
        return any(-GRACIA < borde - ahora() < GRACIA for borde in bordes)

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[Any], Any]) -> bool:
        negado: type[Exception] | None = None
        try:
            with transaccion() as sesion:
                hacer(sesion)
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado
        self.vistos[negado.__name__ if negado else "hecho"] += 1
        return negado is None

    @rule(quien=st.sampled_from(["ana", "beto"]), grupo=st.integers(1, 2), pasos=st.integers(-1, 6))
    def pujar(self, quien: str, grupo: int, pasos: int) -> None:
        """So many steps below their last; without one, it is not enough by a boliviano."""
        if self._en_el_borde():
            return
        parte: Parte = getattr(self.feria, quien)
        total = self.precios[grupo, quien] - PASO[grupo] * max(pasos, 1)
        if pasos < 1:
            total += Decimal(1)
        cuando = ahora()
        esperado: type[Exception] | None = PujaInsuficiente if pasos < 1 else None
        if self.estado != "subasta" or cuando >= self.termina[grupo]:
            esperado = PujaTardia
        elif cuando < self.empieza:
            esperado = SubastaSinEmpezar
        if self.intentar(esperado, lambda s: pujar(s, parte.actor, self.id, parte.id, grupo, bs(str(total)))):
            self.precios[grupo, quien] = total
            if cuando >= self.termina[grupo] - 5 * MINUTO:
                self.termina[grupo] += 5 * MINUTO
                self.vistos["alargada"] += 1

    @rule(minutos=st.sampled_from([1, 4, 7, 13, 40]))
    def pasa(self, minutos: int) -> None:
        """The sweep comes at least within the hour."""
        self.reloj.adelantar(minutos * MINUTO)
        if self.estado == "subasta" and ahora() > max(self.termina.values()) + 15 * MINUTO:
            self.barrer()

    @precondition(lambda self: self.estado == "subasta")
    @rule(grupo=st.integers(1, 2))
    def casi_termina(self, grupo: int) -> None:
        """A bid in the last minutes of something."""
        hasta = self.termina[grupo] - timedelta(seconds=30)
        if self.empieza < ahora() < hasta:
            self.reloj.situar(hasta)
            self.pujar(quien="beto", grupo=grupo, pasos=1)

    @rule(minutos=st.sampled_from([10, 60]))
    def interrupcion(self, minutos: int) -> None:
        if self._en_el_borde():
            return
        cuando: datetime = max(self.termina.values()) + minutos * MINUTO
        abiertos = [g for g, termina in self.termina.items() if ahora() < termina]
        esperado: type[Exception] | None = None if abiertos else DatosInvalidos
        if self.estado != "subasta":
            esperado = EstadoNoPermite
        elif self.prorrogas > 1:
            return

        def avisar(sesion: Any) -> None:
            avisar_interrupcion(sesion, self.feria.entidad.actor, self.id, cuando, MOTIVO)

        if self.intentar(esperado, avisar):
            self.termina |= dict.fromkeys(abiertos, cuando)
            self.prorrogas += 1
            self.vistos["prorrogada"] += 1

    @rule()
    def barrer(self) -> None:
        if self._en_el_borde():
            return
        acaba = self.estado == "subasta" and ahora() >= max(self.termina.values())
        assert terminar_subastas() == int(acaba)
        if acaba:
            self.estado = "evaluacion"
            self.vistos["terminada"] += 1

    @precondition(lambda self: self.estado == "subasta")
    @rule(de_veras=st.integers(0, 9))
    def cancelar(self, de_veras: int) -> None:
        if de_veras:
            return
        with transaccion() as sesion:
            cancelar_convocatoria(sesion, self.feria.entidad.actor, self.id, MOTIVO)
        self.estado = "cancelado"
        self.vistos["cancelada"] += 1

    @precondition(lambda self: self.estado != "subasta" and self.cuantas < 3)
    @rule()
    def otra(self) -> None:
        self._otra()

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        actual = sala(self.id)
        assert {s.numero: s.termina_en for s in actual.subastados} == self.termina
        for subastado in actual.subastados:
            dichos = sorted(p.total.amount for p in subastado.posturas)
            assert dichos == sorted(self.precios[subastado.numero, q] for q in ("ana", "beto"))
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            assert proceso.estado == self.estado
            assert (verificar_subastas(sesion), verificar_decisiones(sesion)) == ([], [])
            if self.estado == "evaluacion":
                evaluados = {
                    (c.grupo.primero.numero, p.proveedor.id): p.total.amount
                    for c in comparar_grupos(sesion, proceso)
                    for p in c.propuestas
                }
                suyos = {(g, getattr(self.feria, q).id): v for (g, q), v in self.precios.items()}
                assert evaluados == suyos
                assert all(v <= INICIAL[clave] for clave, v in self.precios.items())

    def teardown(self) -> None:
        """Time alone ends it."""
        if self.estado == "subasta":
            self.reloj.situar(max(self.termina.values()) + GRACIA)
            self.barrer()
            self.las_tablas_dicen_lo_mismo()


def test_maquina_de_la_subasta(feria: Feria, reloj: Any) -> None:
    class Esta(Maquina):
        pass

    Esta.feria, Esta.reloj, Esta.vistos = feria, reloj, Counter()
    ajustes = settings(
        max_examples=6,
        stateful_step_count=60,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    seguidas = {"hecho", "alargada", "terminada", "PujaInsuficiente", "PujaTardia"}
    assert seguidas <= Esta.vistos.keys(), Esta.vistos
