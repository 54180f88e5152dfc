"""The rules of the fair's machine by which what was awarded is ordered, changed, delivered and paid."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlmodel import Session, col, select

from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.consultas import entregas_de
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.errores import (
    EntregasPendientes,
    ModificacionPendiente,
    ModificacionTardia,
    OrdenNoPermite,
    PagoDeMas,
)
from feria_inversa.contratos.esquemas import (
    EntregaEntrada,
    LineaDeEntrega,
    LineaModificada,
    ModificacionEntrada,
    PagoEntrada,
    RecepcionEntrada,
)
from feria_inversa.contratos.estados import VIDA_ORDEN, EstadoOrden
from feria_inversa.contratos.modelos import Modificacion, OrdenDeCompra
from feria_inversa.contratos.modificaciones import (
    firmar_modificacion,
    proponer_modificacion,
    rechazar_modificacion,
    retirar_modificacion,
)
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.tareas import abandonar_ordenes
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from feria_inversa.procesos.errores import EstadoNoPermite
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.maquina_de_versiones import MOTIVO


@dataclass
class Propuesta:
    """A modification that waits: its number, what each line would be, how many days more, until when."""

    numero: int
    pide: dict[int, int]
    dias: int
    firmar_hasta: datetime


@dataclass
class Aceptada:
    """An order in force: of each line how much is asked, delivered, received and waiting; what was paid."""

    id: UUID
    quien: str
    hasta: datetime
    precio: dict[int, Decimal]
    pide: dict[int, int]
    entregado: dict[int, int]
    recibido: dict[int, int]
    esperan: list[dict[int, int]] = field(default_factory=list)
    pagado: Decimal = Decimal(0)
    cortada: bool = False
    alargada: bool = False
    propuesta: Propuesta | None = None

    @property
    def vale(self) -> Decimal:
        return sum((self.precio[n] * q for n, q in self.recibido.items()), Decimal(0))

    @property
    def completa(self) -> bool:
        return self.recibido == self.pide

    @property
    def total(self) -> Decimal:
        return sum((self.precio[n] * q for n, q in self.pide.items()), Decimal(0))

    def no_cambia(self) -> type[Exception] | None:
        """Why an order is not modified now."""
        if self.estado != "vigente":
            return OrdenNoPermite
        if ahora() >= self.hasta:
            return ModificacionTardia
        return EntregasPendientes if self.esperan else None

    @property
    def estado(self) -> str:
        if not (self.cortada or self.completa):
            return "vigente"
        if not self.vale:
            return "resuelta"
        return "concluida" if self.pagado == self.vale else "recibida"

    @property
    def termino(self) -> bool:
        return self.estado in VIDA_ORDEN.fines


class ConOrdenes(RuleBasedStateMachine):
    """What the model says of the orders of a process: those that wait for an answer, and those in force."""

    feria: Feria
    vistos: Counter[str]
    id: UUID
    estado: str
    suspendida: bool
    items: list[str]
    ganan: list[str | None]
    caidos: set[tuple[int, str | None]]
    ordenados: set[int]
    por_aceptar: list[tuple[str, list[int]]]
    aceptadas: list[Aceptada]
    ofertas: dict[str, tuple[UUID, list[str | None]]]
    intentar: Callable[[type[Exception] | None, Callable[[Any], Any]], bool]
    se_niega: Callable[[], bool]
    hay_tiempo: Callable[[], bool]
    _pasa: Callable[[int], None]

    def sin_orden(self) -> set[int]:
        return {n for n, e in enumerate(self.items) if e == "adjudicado"} - self.ordenados

    @precondition(lambda self: bool(self.sin_orden()) or self.se_niega())
    @precondition(lambda self: self.estado == "resuelto")
    @rule()
    def ordenar(self) -> None:
        esperan = self.sin_orden()
        pueden = {n for n in esperan if not (self.ganan[n] == "ana" and self.suspendida)}
        esperado: type[Exception] | None = None if pueden else ProveedorNoHabilitado
        if self.estado != "resuelto" or not esperan:
            esperado = EstadoNoPermite
        if self.intentar(esperado, lambda s: emitir_ordenes(s, self.feria.entidad.actor, self.id)):
            self.ordenados |= pueden
            for quien in dict.fromkeys(self.ganan[n] for n in sorted(pueden)):
                assert quien is not None
                self.por_aceptar.append((quien, [n for n in sorted(pueden) if self.ganan[n] == quien]))

    def _espera_a(self, sesion: Any, quien: str) -> UUID:
        consulta = select(OrdenDeCompra.id).where(
            OrdenDeCompra.convocatoria_id == self.id,
            OrdenDeCompra.proveedor_id == getattr(self.feria, quien).id,
            OrdenDeCompra.estado == EstadoOrden.POR_ACEPTAR,
        )
        id_: UUID = sesion.exec(consulta.order_by(col(OrdenDeCompra.numero))).first()
        return id_

    def _cae_la_orden(self, lineas: list[int]) -> None:
        for n in lineas:
            self.caidos.add((n, self.ganan[n]))
            self.items[n], self.ganan[n] = "desistido", None
        self.ordenados -= set(lineas)
        if self.estado != "impugnado":
            self.estado = "evaluacion"

    @precondition(lambda self: bool(self.por_aceptar))
    @rule(acepta=st.booleans())
    def responder(self, acepta: bool) -> None:
        """Who won accepts its order or declines it; who is suspended only declines."""
        if not self.por_aceptar or (acepta and self.suspendida and self.por_aceptar[0][0] == "ana"):
            return
        quien, lineas = self.por_aceptar.pop(0)
        actor = getattr(self.feria, quien).actor
        with transaccion() as sesion:
            orden_id = self._espera_a(sesion, quien)
            if acepta:
                hasta = aceptar_orden(sesion, actor, orden_id).entregar_hasta
                assert hasta is not None
                precios = {n: Decimal(self.ofertas[quien][1][n] or 0) for n in lineas}
                pide, nada = dict.fromkeys(lineas, 2), dict.fromkeys(lineas, 0)
                self.aceptadas.append(Aceptada(orden_id, quien, hasta, precios, pide, dict(nada), dict(nada)))
            else:
                rechazar_orden(sesion, actor, orden_id, MOTIVO)
        self.vistos["aceptada" if acepta else "rechazada"] += 1
        if not acepta:
            self._cae_la_orden(lineas)

    @precondition(lambda self: any(o.estado == "vigente" for o in self.aceptadas))
    @rule()
    def abandonar(self) -> None:
        """The term to deliver passed long ago, and nobody ended the orders."""
        if (
            self.vistos["abandonada"] < 2
            and self.hay_tiempo()
            and any(o.estado == "vigente" for o in self.aceptadas)
        ):
            self._pasa(110)
            vivas = [o for o in self.aceptadas if o.estado == "vigente"]
            abandonar_ordenes()
            for orden in vivas:
                orden.cortada = True
                self.vistos["abandonada"] += 1

    def _se_recibe(self, orden: Aceptada, de: dict[int, int], cuanto: dict[int, int]) -> None:
        for n, entregado in de.items():
            orden.entregado[n] -= entregado - cuanto[n]
            orden.recibido[n] += cuanto[n]

    @precondition(lambda self: bool(self.aceptadas))
    @rule(cuanto=st.integers(1, 3))
    def entregar(self, cuanto: int) -> None:
        """Of each line that still waits; never more than was ordered."""
        for orden in self.aceptadas:
            faltan = [n for n, q in orden.entregado.items() if q < orden.pide[n]]
            if not faltan:
                continue
            esperado: type[Exception] | None = None if orden.estado == "vigente" else OrdenNoPermite
            if esperado is None and any(orden.entregado[n] + cuanto > orden.pide[n] for n in faltan):
                esperado = DatosInvalidos
            lineas = [LineaDeEntrega(numero=n + 1, cantidad=Decimal(cuanto)) for n in faltan]
            hacer = partial(_entregar, getattr(self.feria, orden.quien).actor, orden.id, lineas)
            if self.intentar(esperado, hacer):
                orden.esperan.append(dict.fromkeys(faltan, cuanto))
                for n in faltan:
                    orden.entregado[n] += cuanto

    @precondition(lambda self: any(o.esperan for o in self.aceptadas))
    @rule(parte=st.sampled_from(["todo", "una", "nada"]))
    def recibir(self, parte: str) -> None:
        """The last delivery that waits of each order: all, one of each line, or nothing."""
        for orden in self.aceptadas:
            if not orden.esperan:
                continue
            espera = orden.esperan.pop()
            cuanto = {n: {"todo": q, "una": 1, "nada": 0}[parte] for n, q in espera.items()}
            lineas = [LineaDeEntrega(numero=n + 1, cantidad=Decimal(q)) for n, q in cuanto.items()]
            dicho = RecepcionEntrada(lineas=lineas, motivo=MOTIVO)
            with transaccion() as sesion:
                esperan = [e.numero for e in entregas_de(sesion, orden.id) if e.estado == "por_recibir"]
                recibir(sesion, self.feria.entidad.actor, orden.id, esperan[-1], dicho)
            self._se_recibe(orden, espera, cuanto)
            self.vistos[f"recibida {parte}"] += 1

    def modificar(self, cuanto: int, dias: int) -> None:
        """The entity signs another quantity of each line, and once more days: of one order in force."""
        for orden in [o for o in self.aceptadas if o.estado == "vigente"][:1]:
            dias = 0 if orden.alargada else dias
            pide = {n: cuanto for n, q in orden.pide.items() if q != cuanto}
            esperado = orden.no_cambia() or (ModificacionPendiente if orden.propuesta else None)
            quita = any(q < orden.entregado[n] for n, q in pide.items())
            if quita or (esperado is None and not (pide or dias)):
                esperado = DatosInvalidos
            lineas = [LineaModificada(numero=n + 1, cantidad=Decimal(q)) for n, q in pide.items()]
            datos = ModificacionEntrada(dias=dias, lineas=lineas, motivo=MOTIVO)
            hechas: list[Modificacion] = []
            hacer = partial(_proponer, self.feria.entidad.actor, orden.id, datos, hechas)
            if self.intentar(esperado, hacer):
                orden.propuesta = Propuesta(hechas[0].numero, pide, dias, hechas[0].firmar_hasta)

    def firmar_o_no(self, como: str) -> None:
        """Its supplier signs it or does not, or the entity takes it back; late, none of these."""
        for orden in self.aceptadas:
            propuesta = orden.propuesta
            if propuesta is None or (como == "firmada" and self.suspendida and orden.quien == "ana"):
                continue
            esperado = orden.no_cambia() if como == "firmada" else None
            if como == "firmada" and esperado is None:
                quita = any(q < orden.entregado[n] for n, q in propuesta.pide.items())
                esperado = OrdenNoPermite if quita else None
            if esperado is None and ahora() >= propuesta.firmar_hasta:
                esperado = ModificacionTardia
            actor = (self.feria.entidad if como == "retirada" else getattr(self.feria, orden.quien)).actor
            if self.intentar(esperado, partial(_firmar_o_no, como, actor, orden.id, propuesta.numero)):
                orden.propuesta = None
                self.vistos[f"modificación {como}"] += 1
                if como == "firmada":
                    orden.pide.update(propuesta.pide)
                    orden.hasta += timedelta(days=propuesta.dias)
                    orden.alargada = orden.alargada or bool(propuesta.dias)

    @precondition(lambda self: any(o.vale for o in self.aceptadas))
    @rule(todo=st.booleans(), de_mas=st.booleans())
    def pagar(self, todo: bool, de_mas: bool) -> None:
        """What was received, in one payment or in many; never a centavo more."""
        for orden in self.aceptadas:
            debe = orden.vale - orden.pagado
            monto = debe + Decimal("0.01") if de_mas else debe if todo else min(debe, Decimal("50.00"))
            if not monto:
                continue
            esperado: type[Exception] | None = PagoDeMas if de_mas else None
            if orden.termino:
                esperado = OrdenNoPermite
            if self.intentar(esperado, partial(_pagar, self.feria.entidad.actor, orden.id, monto)):
                orden.pagado += monto
                self.vistos["pagada"] += 1


def _entregar(actor: Actor, orden_id: UUID, lineas: list[LineaDeEntrega], sesion: Session) -> None:
    entregar(sesion, actor, orden_id, EntregaEntrada(lineas=lineas))


def _pagar(actor: Actor, orden_id: UUID, monto: Decimal, sesion: Session) -> None:
    datos = PagoEntrada(monto=bs(monto), medio="c31", comprobante=orden_id.hex, fecha=fecha_bolivia())
    pagar(sesion, actor, orden_id, datos)


def _proponer(
    actor: Actor, orden_id: UUID, datos: ModificacionEntrada, hechas: list[Modificacion], sesion: Session
) -> None:
    hechas.append(proponer_modificacion(sesion, actor, orden_id, datos))


def _firmar_o_no(como: str, actor: Actor, orden_id: UUID, numero: int, sesion: Session) -> None:
    hacer = {
        "firmada": firmar_modificacion,
        "rechazada": rechazar_modificacion,
        "retirada": retirar_modificacion,
    }
    hacer[como](sesion, actor, orden_id, numero)
