"""Auctions by rounds, whatever the sequence: a plain model says whose turn it is; time alone ends each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from feria_inversa.subasta.errores import FueraDeTurno, PujaInsuficiente, PujaTardia, SubastaSinEmpezar
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.tareas import terminar_subastas
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte
from tests.feria_inversa.subasta.ayudas import ITEMS, MINUTO, en_subasta, sala

PASO = Decimal(600)
GRACIA = timedelta(seconds=2)
INICIAL = {"ana": Decimal(59000), "beto": Decimal(58000), "carla": Decimal(58000)}


@dataclass
class Turno:
    ronda: int
    desde: datetime
    hasta: datetime


class Maquina(RuleBasedStateMachine):
    """The model keeps what each bid in each round, and the turns with what a notice moved."""

    feria: Feria
    carla: Parte
    reloj: Any
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        ofertas = [(self.feria.ana, ["590.00"]), (self.feria.beto, ["580.00"]), (self.carla, ["580.00"])]
        self.id: UUID = en_subasta(self.feria, self.reloj, ofertas, ITEMS[:1], subasta_por_rondas=True)
        self.empieza = sala(self.id).subasta.empieza_en
        self.turnos = [
            Turno(r, self.empieza + minuto * MINUTO, self.empieza + (minuto + 3) * MINUTO)
            for r in (1, 2, 3)
            for minuto in (11 * r - 9, 11 * r - 6, 11 * r - 3)
        ]
        self.dichas: dict[tuple[int, str], tuple[Decimal, int]] = {
            (0, quien): (monto, n) for n, (quien, monto) in enumerate(INICIAL.items())
        }
        self.acabo = False
        self.avisos = 0

    def _parte(self, quien: str) -> Parte:
        return self.carla if quien == "carla" else getattr(self.feria, quien)

    def _ultima(self, quien: str, antes_de: int = 4) -> tuple[Decimal, int]:
        return next(self.dichas[r, quien] for r in (3, 2, 1, 0) if r < antes_de and (r, quien) in self.dichas)

    def _quien(self, turno: int) -> str:
        """Whose the turn of an index is: from the highest; of equal ones who said it first is the last."""
        ronda = turno // 3 + 1
        return sorted(INICIAL, key=lambda q: self._ultima(q, ronda), reverse=True)[turno % 3]

    def _turno(self, cuando: datetime) -> int | None:
        return next((n for n, t in enumerate(self.turnos) if t.desde <= cuando < t.hasta), None)

    def _en_el_borde(self) -> bool:
        bordes = [self.empieza, *(b for turno in self.turnos for b in (turno.desde, turno.hasta))]
        return any(-GRACIA < borde - ahora() < GRACIA for borde in bordes)

    @rule(quien=st.sampled_from(["el suyo", "el suyo", *INICIAL]), pasos=st.integers(0, 4))
    def pujar(self, quien: str, pasos: int) -> None:
        if self._en_el_borde():
            return
        cuando = ahora()
        turno = self._turno(cuando)
        if quien == "el suyo":
            quien = "ana" if turno is None else self._quien(turno)
        total = self._ultima(quien)[0] - PASO * max(pasos, 1) + (0 if pasos else 1)
        esperado: type[Exception] | None = None if pasos else PujaInsuficiente
        if cuando >= self.turnos[-1].hasta:
            esperado = PujaTardia
        elif cuando < self.empieza:
            esperado = SubastaSinEmpezar
        elif turno is None or self._quien(turno) != quien or (self.turnos[turno].ronda, quien) in self.dichas:
            esperado = FueraDeTurno
        negado: type[Exception] | None = None
        try:
            with transaccion() as sesion:
                pujar(sesion, self._parte(quien).actor, self.id, self._parte(quien).id, 1, bs(str(total)))
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado
        self.vistos[negado.__name__ if negado else "hecha"] += 1
        if negado is None:
            assert turno is not None
            self.dichas[self.turnos[turno].ronda, quien] = (total, len(self.dichas))

    @rule(pasos=st.sampled_from([1, 0, 3, 0]))
    def le_toca(self, pasos: int) -> None:
        """Whoever has the next turn bids in it."""
        siguiente = next((t.desde for t in self.turnos if t.desde > ahora()), None)
        if siguiente is not None:
            self.reloj.situar(siguiente + 2 * GRACIA)
            self.pujar(quien="el suyo", pasos=pasos)

    @rule(minutos=st.sampled_from([1, 2, 3, 3]))
    def pasa(self, minutos: int) -> None:
        """The sweep comes at least within the hour."""
        self.reloj.adelantar(minutos * MINUTO)
        if ahora() > self.turnos[-1].hasta + 15 * MINUTO:
            self.barrer()

    @rule(minutos=st.sampled_from([10, 60]))
    def interrupcion(self, minutos: int) -> None:
        cuando = ahora()
        if self._en_el_borde() or self.avisos > 1 or cuando >= self.turnos[-1].hasta:
            return
        corre = minutos * MINUTO
        with transaccion() as sesion:
            motivo = "Se cortó la red de la entidad."
            avisar_interrupcion(
                sesion, self.feria.entidad.actor, self.id, self.turnos[-1].hasta + corre, motivo
            )
        for turno in self.turnos:
            if turno.hasta > cuando:
                turno.desde += corre if turno.desde > cuando else timedelta(0)
                turno.hasta += corre
        self.avisos += 1
        self.vistos["prorrogada"] += 1

    @rule()
    def barrer(self) -> None:
        if self._en_el_borde():
            return
        acaba = not self.acabo and ahora() >= self.turnos[-1].hasta
        assert terminar_subastas() == int(acaba)
        self.acabo = self.acabo or acaba

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        if self._en_el_borde():
            return
        turno = self._turno(ahora())
        ronda_oculta = (self.turnos[turno].ronda, self._quien(turno)) if turno is not None else None
        dichas = {clave: dicha for clave, dicha in self.dichas.items() if clave != ronda_oculta}
        finales = sorted(next(dichas[r, q] for r in (3, 2, 1, 0) if (r, q) in dichas) for q in INICIAL)
        (subastado,) = sala(self.id).subastados
        assert [p.total.amount for p in subastado.posturas] == [monto for monto, _orden in finales]
        assert subastado.termina_en == self.turnos[-1].hasta
        with transaccion() as sesion:
            assert verificar_subastas(sesion) == []

    def teardown(self) -> None:
        """Time alone ends it."""
        self.reloj.situar(max(ahora(), self.turnos[-1].hasta) + GRACIA)
        self.barrer()
        assert self.acabo
        self.pujar(quien="ana", pasos=1)
        self.las_tablas_dicen_lo_mismo()


def test_maquina_de_la_subasta_por_rondas(feria: Feria, reloj: Any) -> None:
    class Esta(Maquina):
        pass

    Esta.feria, Esta.reloj, Esta.vistos = feria, reloj, Counter()
    Esta.carla = feria.crear_parte("Cooperativa Carla")
    ajustes = settings(
        max_examples=8,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    seguidas = {"hecha", "FueraDeTurno", "PujaInsuficiente", "PujaTardia", "prorrogada"}
    assert seguidas <= Esta.vistos.keys(), Esta.vistos
