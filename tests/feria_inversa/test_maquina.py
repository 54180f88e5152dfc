"""Processes, items, decisions and orders, whatever the sequence: a plain model beside the tables.

Nothing is ordered that was not awarded, nothing awarded above its reference nor to who may not contract, and
from every state there is a way out.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select

from empresa_digital.registro import inscripcion
from feria_inversa.actos import a_json
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.modelos import OrdenLinea
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.ofertas.errores import OfertaTardia, PlazoNoVencido
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import CAIDAS, POR_DECIDIR, VIDA_CONVOCATORIA, VIDA_ITEM, EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item

MOTIVO = "Un motivo de la máquina."
PRECIOS = st.sampled_from([None, "90.00", "100.00", "100.01"])
QUIEN = st.sampled_from(["ana", "beto"])
ITEMS = [item("Silla", "1", "100.00"), item("Mesa", "1", "100.00")]


class Maquina(RuleBasedStateMachine):
    """Each rule foresees the refusal, or does it; the tables must say what the model says."""

    feria: Feria
    reloj: Any
    reguladora: Actor
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.suspendida = False  # Ana
        self._publicar()

    def _publicar(self) -> None:
        self.id = self.feria.publicada(items=ITEMS).id
        self.estado = "publicado"
        self.items = [str(EstadoItem.PEDIDO)] * 2
        self.ganan: list[str | None] = [None, None]
        self.caidos: set[tuple[int, str | None]] = set()
        self.ordenados: set[int] = set()
        self.ofertas: dict[str, tuple[UUID, list[str | None]]] = {}

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[Any], Any]) -> bool:
        """Do it in a transaction; exactly the refusal that the model foresees."""
        negado: type[Exception] | None = None
        try:
            with transaccion() as sesion:
                hacer(sesion)
        except (EstadoNoPermite, OfertaTardia, PlazoNoVencido, DatosInvalidos) as error:
            negado = type(error)
        assert negado is esperado
        self.vistos[negado.__name__ if negado else "hecho"] += 1
        return negado is None

    @rule(quien=QUIEN, silla=PRECIOS, mesa=PRECIOS)
    def ofertar(self, quien: str, silla: str | None, mesa: str | None) -> None:
        if (silla is mesa is None) or (quien == "ana" and self.suspendida):
            return
        esperado = None if self.estado == "publicado" else OfertaTardia
        parte, precios, hecha = getattr(self.feria, quien), [silla, mesa], None
        try:
            hecha = self.feria.ofertar(parte, self.id, precios, reemplazar=quien in self.ofertas)
        except OfertaTardia:
            assert esperado is OfertaTardia
        if hecha is not None:
            assert esperado is None
            self.ofertas[quien] = hecha, precios

    @rule()
    def vencer(self) -> None:
        if self.estado == "publicado":
            self.reloj.adelantar(timedelta(days=11))
            cerrar_recepciones()
            self.estado = "recepcion_cerrada"

    @rule()
    def abrir(self) -> None:
        refusas = {"publicado": PlazoNoVencido, "recepcion_cerrada": None}
        esperado = refusas.get(self.estado, EstadoNoPermite)
        if self.intentar(esperado, lambda s: abrir_convocatoria(s, self.feria.entidad.actor, self.id)):
            self.estado = "evaluacion"

    def _reparo(self, n: int, quien: str | None) -> type[Exception] | None:
        if quien is None:
            return None
        precio = self.ofertas[quien][1][n] if quien in self.ofertas else None
        if precio is None:
            return DatosInvalidos
        if precio == "100.01":
            return SobreLaReferencia
        if (n, quien) in self.caidos:
            return DatosInvalidos
        return ProveedorNoHabilitado if quien == "ana" and self.suspendida else None

    @rule(elige=st.lists(st.sampled_from([None, "ana", "beto"]), min_size=2, max_size=2))
    def decidir(self, elige: list[str | None]) -> None:
        esperan = [n for n, estado in enumerate(self.items) if estado in POR_DECIDIR]
        reparos = {r for n in esperan if (r := self._reparo(n, elige[n]))}
        esperado: type[Exception] | None = EstadoNoPermite
        if self.estado == "evaluacion":
            esperado = (reparos.pop() if len(reparos) == 1 else DatosInvalidos) if reparos else None
        ids = [i.id for i in self.feria.items(self.id)]
        ofertas = {q: id_ for q, (id_, _precios) in self.ofertas.items()}
        decisiones = [
            DecisionEntrada(
                item_id=ids[n], oferta_id=(q := elige[n]) and ofertas.get(q, nuevo_id()), motivo=MOTIVO
            )
            for n in (esperan or range(2))
        ]
        if self.intentar(esperado, lambda s: adjudicar(s, self.feria.entidad.actor, self.id, decisiones)):
            for n in esperan:
                self.items[n] = "adjudicado" if elige[n] else "desierto"
                self.ganan[n] = elige[n]
            self.estado = "resuelto"

    @rule(n=st.integers(0, 1), caida=st.sampled_from(sorted(CAIDAS)))
    def caer(self, n: int, caida: EstadoItem) -> None:
        puede = self.items[n] == "adjudicado" and n not in self.ordenados
        puede = puede and self.estado in {"resuelto", "evaluacion"}
        item_id = self.feria.items(self.id)[n].id
        if self.intentar(
            None if puede else EstadoNoPermite,
            lambda s: dejar_sin_efecto(s, self.feria.entidad.actor, self.id, item_id, caida, MOTIVO),
        ):
            self.caidos.add((n, self.ganan[n]))
            self.items[n], self.ganan[n], self.estado = str(caida), None, "evaluacion"

    @rule()
    def ordenar(self) -> None:
        esperan = {n for n, e in enumerate(self.items) if e == "adjudicado"} - self.ordenados
        pueden = {n for n in esperan if not (self.ganan[n] == "ana" and self.suspendida)}
        esperado: type[Exception] | None = None if pueden else ProveedorNoHabilitado
        if self.estado != "resuelto" or not esperan:
            esperado = EstadoNoPermite
        if self.intentar(esperado, lambda s: emitir_ordenes(s, self.feria.entidad.actor, self.id)):
            self.ordenados |= pueden

    @rule()
    def cancelar(self) -> None:
        puede = self.estado != "cancelado" and not self.ordenados
        if self.intentar(
            None if puede else EstadoNoPermite,
            lambda s: cancelar_convocatoria(s, self.feria.entidad.actor, self.id, MOTIVO),
        ):
            self.estado = "cancelado"

    @rule()
    def suspender_o_rehabilitar(self) -> None:
        reguladora = replace(self.reguladora, autenticado_en=ahora())
        with transaccion() as sesion:
            if self.suspendida:
                inscripcion.rehabilitar(sesion, reguladora, self.feria.ana.id)
            else:
                inscripcion.suspender(sesion, reguladora, self.feria.ana.id, "Reclamos")
        self.suspendida = not self.suspendida

    @rule()
    def otra(self) -> None:
        """The next process, once this one ended or has nothing left to do."""
        sin_nada = self.estado == "resuelto" and not (
            {n for n, e in enumerate(self.items) if e == "adjudicado"} - self.ordenados
        )
        if self.estado == "cancelado" or sin_nada:
            self.vistos["terminado"] += 1
            self._publicar()

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            assert proceso.estado == self.estado
            assert [i.estado for i in self.feria.items(self.id)] == self.items
            ordenes = select(OrdenLinea).where(
                col(OrdenLinea.item_id).in_([i.id for i in self.feria.items(self.id)])
            )
            assert {linea.numero - 1 for linea in sesion.exec(ordenes)} == self.ordenados
            assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])

    def teardown(self) -> None:
        """What would be told now of the process is what its last act told."""
        with transaccion() as sesion:
            releases = select(ReleaseOcds).where(ReleaseOcds.convocatoria_id == self.id)
            ultima = sesion.exec(releases.order_by(col(ReleaseOcds.secuencia).desc())).first()
            assert ultima is not None
            proceso = sesion.get_one(Convocatoria, self.id)
            dicho = {k: v for k, v in json.loads(ultima.contenido).items() if k in CABECERA}
            assert a_json(dicho | contenido_de(sesion, proceso)) == ultima.contenido
        if self.suspendida:
            self.suspender_o_rehabilitar()


CABECERA = ("ocid", "id", "date", "tag", "initiationType", "language")


def test_maquina_de_la_feria(feria: Feria, reloj: Any, reguladora: Actor) -> None:
    class Esta(Maquina):
        pass

    Esta.feria, Esta.reloj, Esta.reguladora, Esta.vistos = feria, reloj, reguladora, Counter()
    ajustes = settings(
        max_examples=5,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    assert Esta.vistos.keys() >= {"hecho", "terminado", "EstadoNoPermite", "PlazoNoVencido"}


def test_de_cada_estado_hay_salida() -> None:
    """From every state of both lives one reaches an end, or where nobody waits."""
    for vida, descansa in ((VIDA_CONVOCATORIA, "resuelto"), (VIDA_ITEM, "adjudicado")):
        llegan = {*vida.fines, vida.estados(descansa)}
        for _vuelta in vida.estados:
            llegan |= {de for de, despues in vida.pasos.items() if despues & llegan}
        assert llegan == set(vida.estados), vida.tabla
