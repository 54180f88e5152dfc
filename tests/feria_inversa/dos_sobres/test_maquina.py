"""Processes with two envelopes, whatever the sequence: a plain model beside the tables.

No price is written before the second act, none ever of who did not pass, no part of a key is taken out of its
turn, and time alone takes every process to an end.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from empresa_digital.registro.actos.estados import EstadoActo
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.actos.tareas import vencer_actos
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.errores import FaltanPartes
from feria_inversa.apertura.tareas import abrir_sobres, anular_sin_llave
from feria_inversa.llaves import llave_de
from feria_inversa.llaves.consultas import partes_de
from feria_inversa.ofertas.errores import OfertaTardia, PlazoNoVencido
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea, Sobre
from feria_inversa.ofertas.ofertas import retirar_oferta
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from tests.ayudas.personas import nuevo_actor
from tests.feria_inversa.conftest import Feria, Parte
from tests.feria_inversa.dos_sobres.ayudas import (
    comision,
    dichos_de,
    en_dos_sobres,
    firmar,
    lineas_de,
    mandar,
    nombrar_comision,
    puntuar,
)
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo

QUIEN = st.sampled_from(["ana", "beto", "carla"])
MINIMO = 50
FINES = {"cancelado", "evaluacion"}
CON_COMISION = {2, 3}
"""The roads whose technical part is qualified by several, who all sign."""


class Maquina(RuleBasedStateMachine):
    """Of each bid: whether it can be read, and its points; of each key, who gave their part."""

    feria: Feria
    partes: dict[str, Parte]
    guardas: list[Guarda]
    evaluan: list[Any]
    reloj: Any
    vistos: Counter[str]
    """What happened in all, only to be told: nothing that is drawn may depend on the examples before."""
    camino: int

    def __init__(self) -> None:
        super().__init__()
        self.negadas = 0
        self.id: UUID = en_dos_sobres(self.feria)
        self.estado, self.segundo = "publicado", False
        self.ofertas: dict[str, tuple[UUID, bool]] = {}
        self.vivas: set[UUID] = set()
        self.con_precio: set[UUID] = set()
        self.dieron: set[int] = set()
        self.comision = self.evaluan if self.camino in CON_COMISION else []
        nombrar_comision(self.feria, self.id, self.comision)
        self._por_caminos(self.camino)

    def _por_caminos(self, cual: int) -> None:
        """Most of the life of a process follows its opening: four of the roads begin there."""
        if cual == 0:
            return
        for quien in ("ana", "beto", "carla"):
            self.ofertar(quien=quien, legible=cual != 1 or quien == "ana")
        if cual == 2:
            self.retirar(quien="carla")
        self.vencer()
        if cual == 1:
            self.nadie_viene(de_veras=0)
            self.dar_parte(n=1)
            self.nadie_viene(de_veras=0)
            return
        self.dar_parte(n=0)
        self.abrir()
        self.dar_parte(n=2)
        if cual == 3:
            self.dar_parte(n=1)
            self.ofertar(quien="ana", legible=True)
            self.proponer(n=0, puntos="50")
            self.nadie_viene(de_veras=0)
            return
        self.calificar(puntos=["49.9999", None, None] if cual == 2 else ["70", "49.9999", "50"])
        if cual == 4:
            self.abrir()
            self.nadie_viene(de_veras=0)
            self.dar_parte(n=1)
            self.dar_parte(n=0)

    def se_niega(self) -> bool:
        """Whether what a state refuses is still tried."""
        return self.negadas < 6

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[], Any]) -> bool:
        negado: type[Exception] | None = None
        try:
            hacer()
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado, (negado, esperado, self.estado)
        self.negadas += negado in {PlazoNoVencido, OfertaTardia}
        self.vistos[negado.__name__ if negado else "hecho"] += 1
        return negado is None

    @precondition(lambda self: self.estado == "publicado" or self.se_niega())
    @precondition(lambda self: self.estado not in FINES)
    @rule(quien=QUIEN, legible=st.booleans())
    def ofertar(self, quien: str, *, legible: bool) -> None:
        """One of two whose technical part leaves something out."""
        esperado = None if self.estado == "publicado" else OfertaTardia
        lineas = lineas_de(self.feria, self.id, "70000.00", "4000.00")
        sal = f"{self.vistos['sal'] % 256:02x}"
        self.vistos["sal"] += 1
        tecnica, _todo = dichos_de(lineas if legible else lineas[:1], sal)
        _tecnica, precios = dichos_de(lineas, sal)
        hechas: list[UUID] = []

        def mandada() -> None:
            parte = self.partes[quien]
            hechas.append(mandar(self.id, parte, tecnica, precios, reemplazar=quien in self.ofertas))

        if self.intentar(esperado, mandada):
            self.ofertas[quien] = hechas[0], legible
            self.vistos["legible" if legible else "ilegible"] += 1

    @precondition(lambda self: self.estado == "publicado" and bool(self.ofertas))
    @rule(quien=QUIEN)
    def retirar(self, quien: str) -> None:
        if quien in self.ofertas:
            with transaccion() as sesion:
                retirar_oferta(sesion, self.partes[quien].actor, self.ofertas.pop(quien)[0])
            self.vistos["retirada"] += 1

    @precondition(lambda self: self.estado == "publicado" and len(self.ofertas) != 1)
    @rule()
    def vencer(self) -> None:
        self.reloj.adelantar(timedelta(days=11))
        cerrar_recepciones()
        entregar_pendientes()  # the leaves of the log
        self.estado = "recepcion_cerrada"

    @precondition(lambda self: self.estado != "publicado" or self.se_niega())
    @precondition(lambda self: self.estado not in FINES)
    @rule(n=st.integers(0, 2))
    def dar_parte(self, n: int) -> None:
        esperado: type[Exception] | None = {
            "publicado": PlazoNoVencido,
            "evaluacion_tecnica": EstadoNoPermite,
        }.get(self.estado)
        if self.intentar(esperado, lambda: entregar(self.guardas[n], self.id)):
            self.dieron.add(n)
            if len(self.dieron) > 1:
                self._se_abre()

    @precondition(lambda self: self.estado != "publicado" or self.se_niega())
    @precondition(lambda self: self.estado not in FINES)
    @rule()
    def abrir(self) -> None:
        """Whoever buys: only where there is nothing that a key would open."""
        esperado: type[Exception] | None = {
            "publicado": PlazoNoVencido,
            "evaluacion_tecnica": FaltanPartes if self.vivas else EstadoNoPermite,
        }.get(self.estado, None if not self.ofertas else FaltanPartes)

        def abierta() -> None:
            with transaccion() as sesion:
                abrir_convocatoria(sesion, self.feria.entidad.actor, self.id)

        if self.intentar(esperado, abierta):
            self._se_abre()

    def _se_abre(self) -> None:
        self.dieron = set()
        if self.segundo:
            self.con_precio = set(self.vivas)
            self.estado = "evaluacion"
            self.vistos["segundo acto"] += 1
            return
        self.vivas = {id_ for id_, legible in self.ofertas.values() if legible}
        self.segundo = True
        self.estado = "evaluacion_tecnica" if self.vivas else "evaluacion"
        self.vistos["primer acto"] += 1

    @precondition(lambda self: self.estado not in {*FINES, "publicado"})
    @rule(puntos=st.lists(st.sampled_from([None, "49.9999", "50", "70"]), min_size=3, max_size=3))
    def calificar(self, puntos: list[str | None]) -> None:
        dichos = dict(zip(sorted(self.vivas), puntos, strict=False))
        if not dichos:
            dichos = {id_: "60" for id_, _legible in self.ofertas.values()}
        if not dichos:
            return
        esperado = None if self.estado == "evaluacion_tecnica" else EstadoNoPermite
        if self.intentar(esperado, lambda: self._puntuar(dichos)):
            self.vivas = {id_ for id_, cuantos in dichos.items() if cuantos and Decimal(cuantos) >= MINIMO}
            self.estado = "apertura_economica" if self.vivas else "evaluacion"
            self.vistos["pasan" if self.vivas else "no pasa nadie"] += 1

    def _puntuar(self, dichos: dict[UUID, str | None]) -> None:
        """Alone, or signed by all of the committee."""
        if not self.comision:
            puntuar(self.feria, self.id, dichos)
            return
        una, *otras = self.comision
        acto = puntuar(self.feria, self.id, dichos, nuevo_actor(una))
        assert isinstance(acto, Propuesto)
        for otra in otras:
            firmar(otra, acto)
        self.vistos["firman todas"] += 1

    @precondition(lambda self: self.estado == "evaluacion_tecnica" and bool(self.comision))
    @rule(n=st.integers(0, 1), puntos=st.sampled_from(["49.9999", "50"]))
    def proponer(self, n: int, puntos: str) -> None:
        """Nobody else signs it: nothing is qualified, and time ends it."""
        dichos: dict[UUID, str | None] = dict.fromkeys(self.vivas, puntos)
        assert isinstance(puntuar(self.feria, self.id, dichos, nuevo_actor(self.comision[n])), Propuesto)
        self.vistos["espera firmas"] += 1

    @precondition(lambda self: self.estado not in {*FINES, "publicado"})
    @rule(de_veras=st.integers(0, 3))
    def nadie_viene(self, de_veras: int) -> None:
        """Time alone."""
        if de_veras:
            return
        self.reloj.adelantar(timedelta(days=21))
        abrir_sobres()
        anular_sin_llave()
        vencer_actos()
        antes = self.estado
        if antes in {"recepcion_cerrada", "apertura_economica"} and self.ofertas:
            self.estado = "apertura_impedida"
        elif antes == "recepcion_cerrada":
            self._se_abre()
        else:
            self.estado = "cancelado"
        self.vistos[f"{antes}, y el reloj"] += 1

    @precondition(lambda self: self.estado not in FINES)
    @rule(de_veras=st.integers(0, 9))
    def cancelar(self, de_veras: int) -> None:
        if de_veras:
            return
        with transaccion() as sesion:
            cancelar_convocatoria(sesion, self.feria.entidad.actor, self.id, "Ya no hace falta comprarlo.")
        self.estado = "cancelado"

    @precondition(lambda self: self.estado in FINES)
    @rule()
    def nada_mas(self) -> None:
        """It is over."""

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            assert proceso.estado == self.estado
            consulta = select(OfertaLinea.oferta_id).where(OfertaLinea.convocatoria_id == self.id)
            assert set(sesion.exec(consulta)) == self.con_precio
            suyas = select(Oferta.id).where(Oferta.convocatoria_id == self.id)
            assert sesion.exec(select(Sobre).where(col(Sobre.oferta_id).in_(suyas))).all() == []
            for tecnica in (True, False):
                llave = llave_de(sesion, self.id, tecnica=tecnica)
                assert llave is not None
                dadas = [p for p in partes_de(sesion, llave.id) if p.entregada is not None]
                turno = self.estado not in FINES and tecnica is not self.segundo
                assert len(dadas) == (len(self.dieron) if turno else 0)
            assert verificar_selladas(sesion) == []
            esperan = select(ActoPendiente.vence_en).where(ActoPendiente.estado == EstadoActo.PENDIENTE)
            if self.estado == "evaluacion_tecnica":
                assert all(vence <= proceso.sigue_en for vence in sesion.exec(esperan))


def test_maquina_de_dos_sobres(feria: Feria, reloj: Any) -> None:
    class Esta(Maquina):
        pass

    Esta.feria, Esta.reloj, Esta.vistos = feria, reloj, Counter()
    Esta.guardas, Esta.evaluan = resguardo(feria), comision(feria)
    Esta.partes = {"ana": feria.ana, "beto": feria.beto, "carla": feria.crear_parte("Cooperativa Carla")}
    ajustes = settings(
        max_examples=2,  # of each road: no term is counted beyond the years whose calendar is published
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for camino in range(5):
        Esta.camino = camino
        run_state_machine_as_test(Esta, settings=ajustes)
    seguidas = {"primer acto", "segundo acto", "pasan", "no pasa nadie", "ilegible", "retirada"}
    seguidas |= {"FaltanPartes", "EstadoNoPermite", "PlazoNoVencido", "OfertaTardia"}
    seguidas |= {"firman todas", "espera firmas"}
    relojes = {"recepcion_cerrada", "evaluacion_tecnica", "apertura_economica", "apertura_impedida"}
    assert seguidas | {f"{estado}, y el reloj" for estado in relojes} <= Esta.vistos.keys(), Esta.vistos
