"""Joint acts against a model: proposals, signatures, revocations, endings and time, in any order.

An act is done if and only if, at that moment, as many people as it needs have signed its hash by mandates
that hold and reach; never twice; and time alone ends it. The clock only goes forward, from case to case.
`QHATU_PRUEBAS_ACTOS=200` (as `make caos` does) runs that many cases.
"""

import os
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from empresa_digital.registro import Facultad, SinFacultad
from empresa_digital.registro.actos.errores import (
    ActoInexistente,
    ActoTerminado,
    HuellaDistinta,
    NadieMasFirma,
)
from empresa_digital.registro.actos.tareas import vencer_actos
from empresa_digital.registro.actos.verificar import verificar_actos
from nucleo import reloj
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Conflicto, ErrorDominio
from nucleo.ids import nuevo_id
from tests.ayudas.personas import nuevo_actor
from tests.registro.actos.conftest import Colectiva, leer

GENTE = ("ana", "beto", "carla", "dora", "eva")
QUIEN = st.sampled_from(GENTE)
DIAS = 15


class Acto:
    """What the model knows of one: who signed by which mandate, and how it ended."""

    def __init__(self, por: str, k: int, grupo: bool, monto: int, vence: float) -> None:
        self.por, self.k, self.grupo, self.monto, self.vence = por, k, grupo, monto, vence
        self.firmas: dict[str, UUID] = {}
        self.estado = "pendiente"


class Maquina(RuleBasedStateMachine):
    colectiva: Colectiva

    def __init__(self) -> None:
        super().__init__()
        self.c = self.colectiva
        self.actos: dict[UUID, Acto] = {}
        self.dia = 0.0
        # mandate -> (who, alone, limit, its end, revoked); those of earlier cases were revoked at their end
        self.mandatos: dict[UUID, list[Any]] = {}
        self.grupo, self.k = nuevo_id(), 2
        self.hechos = len(self.c.hechos)
        for quien in GENTE[:3]:
            self._otorgar(quien, solo=False, limite=None, dias=None)

    def teardown(self) -> None:
        for mandato in list(self.mandatos):
            self._revocar(mandato)

    # --- The model ---------------------------------------------------------------------------------------

    def vale(self, mandato: UUID, monto: int = 0) -> bool:
        _quien, _solo, limite, fin, revocado = self.mandatos[mandato]
        return not revocado and (fin is None or fin > self.dia) and (limite is None or limite >= monto)

    def validas(self, acto: Acto) -> set[str]:
        return {q for q, m in acto.firmas.items() if self.vale(m, acto.monto)}

    def suficientes(self, acto: Acto) -> bool:
        validas = self.validas(acto)
        solos = any(self.mandatos[acto.firmas[q]][1] for q in validas)
        return len(validas) >= acto.k and (acto.grupo or solos)

    def pendientes(self) -> list[UUID]:
        return [id for id, a in self.actos.items() if a.estado == "pendiente"]

    # --- What happens ------------------------------------------------------------------------------------

    @rule(
        quien=QUIEN,
        solo=st.booleans(),
        limite=st.sampled_from([None, 100]),
        dias=st.sampled_from([None, 3, 20]),
    )
    def otorgar(self, quien: str, solo: bool, limite: int | None, dias: int | None) -> None:
        self._otorgar(quien, solo=solo, limite=limite, dias=dias)

    def _otorgar(self, quien: str, *, solo: bool, limite: int | None, dias: int | None) -> None:
        hasta = None if dias is None else reloj.ahora() + timedelta(days=dias)
        junto: dict[str, Any] = {} if solo else {"firmas": self.k, "grupo": self.grupo}
        monto = None if limite is None else bs(limite)
        id = self.c.apoderar(quien, Facultad.PAGAR, monto_limite=monto, hasta=hasta, **junto)
        self.mandatos[id] = [quien, solo, limite, None if dias is None else self.dia + dias, False]

    @rule(datos=st.data())
    def revocar(self, datos: Any) -> None:
        vivos = [id for id in self.mandatos if self.vale(id)]
        if vivos:
            self._revocar(datos.draw(st.sampled_from(vivos)))

    def _revocar(self, mandato: UUID) -> None:
        from empresa_digital.registro.mandatos import revocar_mandato

        if not self.mandatos[mandato][4]:
            jefa = nuevo_actor(self.c.personas["jefa"])  # signed in just now, whatever day it is
            with transaccion() as sesion:
                revocar_mandato(sesion, jefa, mandato, "Prueba")
            self.mandatos[mandato][4] = True

    @rule(quien=QUIEN, monto=st.sampled_from([50, 500]))
    def proponer(self, quien: str, monto: int) -> None:
        suyos = {id: m for id, m in self.mandatos.items() if m[0] == quien and self.vale(id, monto)}
        solo = any(m[1] for m in suyos.values())
        try:
            hecho = self.c.hacer(quien, bs(monto), str(nuevo_id()))
        except (SinFacultad, NadieMasFirma) as error:
            otros = {m[0] for id, m in self.mandatos.items() if self.vale(id, monto)} | {"jefa"}
            solitario = isinstance(error, NadieMasFirma) and len(otros) < self.k
            assert not suyos or solitario
            return
        assert suyos
        if isinstance(hecho, str):
            assert solo
            self.hechos += 1
            return
        assert not solo
        acto = Acto(quien, self.k, True, monto, self.dia + DIAS)
        acto.firmas[quien] = self._mandato_de(hecho.id, quien)
        self.actos[hecho.id] = acto

    def _mandato_de(self, acto: UUID, quien: str) -> UUID:
        ((mandato,),) = leer(
            "SELECT mandato_id FROM registro_acto_firma WHERE acto_id = :a AND persona_id = :p",
            a=acto,
            p=self.c.personas[quien].id,
        )
        return UUID(str(mandato))

    @rule(datos=st.data(), quien=QUIEN, mal=st.integers(0, 9), se_niega=st.integers(0, 4))
    def firmar(self, datos: Any, quien: str, mal: int, se_niega: int) -> None:
        if not self.actos:
            return
        id = datos.draw(st.sampled_from((self.pendientes() if mal > 1 else []) or list(self.actos)))
        acto = self.actos[id]
        self.c.se_niega = "no" if se_niega == 0 else ""
        try:
            self.c.firmar(quien, id, huella="0" * 64 if mal == 0 else None)
        except ErrorDominio as error:
            self._debia_negarse(error, id, acto, quien, mal)
            return
        finally:
            self.c.se_niega = ""
        assert mal
        if quien not in acto.firmas:
            assert acto.estado == "pendiente"
            assert self.dia < acto.vence
            acto.firmas[quien] = self._mandato_de(id, quien)
            assert self.vale(acto.firmas[quien], acto.monto)
            if self.suficientes(acto):
                acto.estado = "ejecutado"
                self.hechos += 1

    def _debia_negarse(self, error: ErrorDominio, id: UUID, acto: Acto, quien: str, mal: int) -> None:
        suyos = [m for m in self.mandatos if self.mandatos[m][0] == quien and self.vale(m)]
        alcanza = [m for m in suyos if self.vale(m, acto.monto)]
        if isinstance(error, ActoInexistente):
            assert not suyos
            assert quien not in acto.firmas
        elif isinstance(error, HuellaDistinta):
            assert mal == 0
        elif isinstance(error, ActoTerminado):
            assert acto.estado != "pendiente" or self.dia >= acto.vence
        elif isinstance(error, SinFacultad):
            assert not alcanza
        else:
            assert isinstance(error, Conflicto)
            assert str(error) == "no"
            tras = {*self.validas(acto), quien}
            assert len(tras) >= acto.k, "the use case is asked only when the signatures are enough"

    @rule(datos=st.data(), quien=QUIEN, retirar=st.booleans())
    def terminar(self, datos: Any, quien: str, retirar: bool) -> None:
        if not self.pendientes():
            return
        id = datos.draw(st.sampled_from(self.pendientes()))
        acto = self.actos[id]
        try:
            estado = self.c.retirar(quien, id) if retirar else self.c.rechazar(quien, id)
        except (ActoInexistente, ActoTerminado, SinFacultad):
            suyos = [m for m in self.mandatos if self.mandatos[m][0] == quien and self.vale(m)]
            assert self.dia >= acto.vence or retirar != (quien == acto.por) or not suyos
            return
        assert retirar == (quien == acto.por)
        acto.estado = estado

    @rule(dias=st.sampled_from([1, 2, 3, 12]))
    def pasar(self, dias: int) -> None:
        self.dia += dias
        reloj.fijar_desfase(reloj.desfase() + timedelta(days=dias))

    @rule()
    def barrer(self) -> None:
        vencer_actos()
        for id in self.pendientes():
            if self.dia >= self.actos[id].vence:
                self.actos[id].estado = "vencido"

    @invariant()
    def la_base_dice_lo_mismo(self) -> None:
        if not self.actos:
            return
        estados = dict(
            leer("SELECT id, estado FROM registro_acto WHERE id = ANY(:ids)", ids=list(self.actos))
        )
        assert estados == {id: a.estado for id, a in self.actos.items()}
        assert len(self.c.hechos) == self.hechos


@pytest.mark.lento
def test_un_acto_se_hace_si_y_solo_si_lo_firmaron(
    colectiva: Colectiva, crear_persona: Any, actor_de: Any
) -> None:
    colectiva.personas["dora"] = crear_persona("Dora")
    colectiva.actores["dora"] = actor_de(colectiva.personas["dora"])
    for quien in ("ana", "beto", "carla"):
        colectiva.revocar(quien)
    Maquina.colectiva = colectiva
    try:
        run_state_machine_as_test(
            Maquina,
            settings=settings(
                max_examples=int(os.environ.get("QHATU_PRUEBAS_ACTOS", "6")),
                stateful_step_count=30,
                deadline=None,
                phases=(Phase.generate,),  # a shorter case would be nice, and takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        reloj.fijar_desfase(timedelta(0))
    with transaccion() as sesion:
        assert verificar_actos(sesion) == []
    hechos = leer("SELECT count(*) FROM registro_acto WHERE estado = 'ejecutado'")[0][0]
    assert hechos > 3, "the machine must reach acts that are done"
