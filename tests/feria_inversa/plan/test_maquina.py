"""A plan, whatever the sequence: a plain model beside the tables.

What was published stays as it was, the lines are what the last version says, and time alone ends it.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from feria_inversa.plan.consultas import lineas_de
from feria_inversa.plan.errores import PlanIncompleto, PlanNoPermite
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.estados import VIDA_PLAN
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.planificar import cambiar, crear, eliminar, publicar_plan
from feria_inversa.plan.tareas import terminar_planes
from feria_inversa.plan.verificar import verificar_planes
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import MOTIVO, entrada, versiones

MESES = st.integers(1, 12)


class MaquinaDelPlan(RuleBasedStateMachine):
    feria: Feria
    reloj: Any
    vistos: Counter[str]
    anios: list[int]

    @initialize()
    def empezar(self) -> None:
        self.gestion = self.anios.pop(0)
        self.reloj.situar(datetime(self.gestion, 2, 1, tzinfo=ZONA))
        self.nuevo()

    def nuevo(self) -> None:
        with transaccion() as sesion:
            self.id: UUID = crear(sesion, self.feria.entidad.actor, self.feria.entidad.id, self.gestion).id
        self.estado, self.version = "borrador", 1
        self.lineas: dict[int, tuple[int, int, bool]] = {}  # month, version, taken out
        self.textos: list[str] = []
        self.acabo = False

    def intentar(self, esperado: type[ErrorDominio] | None, hacer: Any) -> bool:
        if esperado is None:
            with transaccion() as sesion:
                hacer(sesion)
            return True
        with pytest.raises(esperado), transaccion() as sesion:
            hacer(sesion)
        self.vistos[esperado.__name__] += 1
        if esperado is PlanNoPermite and self.acabo and self.estado == "publicado":
            self.vistos["acabo sin barrer"] += 1
        return False

    def cambiar(self, cambio: Cambio, motivo: str | None, existe: bool = True) -> bool:
        publico = self.estado == "publicado"
        esperado: type[ErrorDominio] | None = None
        if self.estado == "terminado" or (publico and self.acabo):
            esperado = PlanNoPermite
        elif (publico and motivo is None) or not existe:
            esperado = DatosInvalidos
        actor = self.feria.entidad.actor
        if not self.intentar(esperado, lambda s: cambiar(s, actor, self.id, [cambio], motivo)):
            return False
        self.version += publico
        self.vistos["version" if publico else "borrador"] += 1
        return True

    def una(self, cual: int) -> int:
        """A line that it has; the last choice, one that it has not."""
        return 9 if cual == 6 else sorted(self.lineas)[cual % len(self.lineas)]

    @precondition(lambda self: len(self.lineas) < 6)
    @rule(mes=MESES, motivo=st.sampled_from([MOTIVO, MOTIVO, None]))
    def agregar(self, mes: int, motivo: str | None) -> None:
        if self.cambiar(Cambio(linea=entrada(mes=mes)), motivo):
            self.lineas[max(self.lineas, default=0) + 1] = mes, self.version, False

    @precondition(lambda self: bool(self.lineas))
    @rule(cual=st.integers(0, 6), mes=MESES)
    def corregir(self, cual: int, mes: int) -> None:
        numero = self.una(cual)
        existe = numero in self.lineas and not self.lineas[numero][2]
        igual = existe and self.estado == "publicado" and self.lineas[numero][0] == mes
        if self.cambiar(Cambio(numero=numero, linea=entrada(mes=mes)), MOTIVO, existe and not igual):
            self.lineas[numero] = mes, self.version, False

    @precondition(lambda self: bool(self.lineas))
    @rule(cual=st.integers(0, 6))
    def quitar(self, cual: int) -> None:
        numero = self.una(cual)
        existe = numero in self.lineas and not self.lineas[numero][2]
        publico = self.estado == "publicado"
        if self.cambiar(Cambio(numero=numero), MOTIVO, existe):
            if publico:
                self.lineas[numero] = self.lineas[numero][0], self.version, True
                self.vistos["quitada"] += 1
            else:
                del self.lineas[numero]

    @precondition(lambda self: self.lineas or self.vistos["PlanIncompleto"] < 3)
    @rule()
    def publicar(self) -> None:
        esperado: type[ErrorDominio] | None = None
        if self.estado != "borrador" or self.acabo:
            esperado = PlanNoPermite
        elif not self.lineas:
            esperado = PlanIncompleto
        if self.intentar(esperado, lambda s: publicar_plan(s, self.feria.entidad.actor, self.id)):
            self.estado = "publicado"

    @precondition(lambda self: self.estado != "borrador" or (self.lineas and self.vistos["tirado"] < 4))
    @rule()
    def tirar(self) -> None:
        esperado = None if self.estado == "borrador" else PlanNoPermite
        if self.intentar(esperado, lambda s: eliminar(s, self.feria.entidad.actor, self.id)):
            self.vistos["tirado"] += 1
            if self.acabo:
                self.gestion += 1
            self.nuevo()

    @precondition(lambda self: not self.acabo and self.version > 2)
    @rule()
    def pasa_el_anio(self) -> None:
        self.reloj.situar(datetime(self.gestion + 1, 1, 1, tzinfo=ZONA))
        self.acabo = True

    @rule()
    def barrer(self) -> None:
        terminar_planes()
        if self.estado == "publicado" and self.acabo:
            self.estado = "terminado"
            self.vistos["terminado"] += 1

    @invariant()
    def es_lo_del_modelo(self) -> None:
        if not hasattr(self, "id"):
            return
        with transaccion() as sesion:
            plan = sesion.get_one(Plan, self.id)
            assert (plan.estado, plan.version) == (self.estado, self.version)
            suyas = {x.numero: (x.mes, x.version, x.retirada) for x in lineas_de(sesion, self.id)}
            assert suyas == self.lineas
            textos = [v.contenido for v in versiones(self.id)]
            assert len(textos) == (0 if self.estado == "borrador" else self.version)
            assert textos[: len(self.textos)] == self.textos
            self.textos = textos
            assert verificar_planes(sesion) == []


def test_maquina_del_plan(feria: Feria, reloj: Any) -> None:
    class Esta(MaquinaDelPlan):
        pass

    Esta.feria, Esta.reloj, Esta.vistos = feria, reloj, Counter()
    Esta.anios = list(range(2028, 2068, 3))
    ajustes = settings(
        max_examples=8,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    seguidas = {"borrador", "version", "quitada", "tirado", "terminado", "acabo sin barrer"}
    seguidas |= {"PlanNoPermite", "PlanIncompleto"}
    assert seguidas <= Esta.vistos.keys(), Esta.vistos


def test_de_cada_estado_hay_salida() -> None:
    """A published plan ends with its year; a draft is published, or thrown away."""
    llegan = set(VIDA_PLAN.fines)
    for _vuelta in VIDA_PLAN.estados:
        llegan |= {de for de, despues in VIDA_PLAN.pasos.items() if despues & llegan}
    assert llegan == set(VIDA_PLAN.estados)
