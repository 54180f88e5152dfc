"""Processes, items, decisions and orders, whatever the sequence: a plain model beside the tables.

Nothing is awarded above its reference nor to who may not contract, a lot only as a whole, nothing ordered
that was not awarded, nothing received that was not ordered, nothing paid that was not received, and from
every state there is a way out.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, inscripcion
from feria_inversa.actos import a_json
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.tareas import abrir_sobres
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.consultas import entregas_de
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.errores import OrdenNoPermite, PagoDeMas
from feria_inversa.contratos.esquemas import (
    EntregaEntrada,
    LineaDeEntrega,
    PagoEntrada,
    RecepcionEntrada,
)
from feria_inversa.contratos.estados import ORDENES_CAIDAS, VIDA_ENTREGA, VIDA_ORDEN, EstadoOrden
from feria_inversa.contratos.modelos import OrdenDeCompra, OrdenLinea
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.tareas import (
    abandonar_ordenes,
    recibir_entregas,
    soltar_adjudicaciones,
    vencer_ordenes,
)
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.designaciones.verificar import verificar_papeles
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.tareas import decidir_items
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.impugnacion.errores import ImpugnacionTardia, NoSeImpugna
from feria_inversa.impugnacion.estados import VIDA_IMPUGNACION, EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.impugnacion.tareas import resolver_impugnaciones
from feria_inversa.impugnacion.verificar import verificar_impugnaciones
from feria_inversa.llaves.estados import VIDA_RESGUARDO
from feria_inversa.ofertas.errores import OfertaTardia, PlazoNoVencido
from feria_inversa.papeles.estados import VIDA_EXCUSA
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import CAIDAS, POR_DECIDIR, VIDA_CONVOCATORIA, VIDA_ITEM, EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cancelar_suspendidas, cerrar_recepciones
from feria_inversa.procesos.verificar import verificar_versiones
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.maquina_de_papeles import ConPapeles
from tests.feria_inversa.maquina_de_preguntas import ConPreguntas
from tests.feria_inversa.maquina_de_versiones import ITEMS, MOTIVO, QUIEN, ConVersiones

PRECIOS = st.sampled_from([None, "90.00", "100.00", "100.01"])


@dataclass
class Aceptada:
    """An order in force: of each line how much is delivered, received and waiting, and what was paid."""

    id: UUID
    quien: str
    precio: dict[int, Decimal]
    entregado: dict[int, int]
    recibido: dict[int, int]
    esperan: list[dict[int, int]] = field(default_factory=list)
    pagado: Decimal = Decimal(0)
    cortada: bool = False

    @property
    def vale(self) -> Decimal:
        return sum((self.precio[n] * q for n, q in self.recibido.items()), Decimal(0))

    @property
    def completa(self) -> bool:
        return all(q == 2 for q in self.recibido.values())

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


class Maquina(ConVersiones, ConPreguntas, ConPapeles):
    """Each rule foresees the refusal, or does it; the tables must say what the model says."""

    feria: Feria
    reloj: Any
    reguladora: Actor
    mae: Actor
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.suspendida = False  # Ana
        self.nombrados = {}
        self._otro_proceso()

    def _otro_proceso(self) -> None:
        """Every second one begins with its orders given, half of these accepted: most of its life follows.

        Of the others half begin with a decision that is contested, half with a call that changes.
        """
        self._publicar()
        self.vistos["procesos"] += 1
        if self.vistos["procesos"] % 2 and not self.suspendida and self.hay_tiempo():
            if self.junto:
                self.ofertar(quien="ana", silla="90.00", mesa=None)
            self.ofertar(quien="ana", silla="90.00", mesa="100.00")
            self.ofertar(quien="beto", silla="100.00", mesa="90.00")
            self.vencer()
            self.abrir()
            self.decidir(elige=["ana", "beto"])
            self.ordenar()
        if self.vistos["procesos"] % 4 == 2 and not self.suspendida and self.hay_tiempo():
            self.ofertar(quien="ana", silla="90.00", mesa="90.00" if self.junto else None)
            self.ofertar(quien="beto", silla="100.00", mesa="90.00")
            self.vencer()
            self.abrir()
            self.decidir(elige=["ana", None])
            self.impugnar(n=0, quien="beto")
            self.impugnar(n=1, quien="ana")
            if not self.vistos["revocada"]:
                self.resolver(como="revocada")
        if self.vistos["procesos"] % 4 == 0 and not self.suspendida and self.hay_tiempo():
            self._cambia_varias_veces()
        if self.vistos["procesos"] % 4 == 1 and self.por_aceptar:
            self.responder(acepta=True)
            self.responder(acepta=True)

    def _cambia_varias_veces(self) -> None:
        """Ana follows each version of the call; Beto none."""
        self.ofertar(quien="ana", silla="90.00", mesa="100.00")
        self.ofertar(quien="beto", silla="100.00", mesa="90.00")
        self.cambiar(que="texto")
        self.reconfirmar(quien="ana")
        self.cambiar(que="items")
        self.reconfirmar(quien="ana")
        self.ofertar(quien="ana", silla="90.00", mesa="90.00" if self.junto else None)
        self.cambiar(que="suspende")
        self.reanudar()
        self.reconfirmar(quien="ana")
        self.vencer()
        self.abrir()

    def _publicar(self) -> None:
        forma = ("item", "lote", "total")[self.vistos["procesos"] % 3]
        self.junto = forma != "item"  # both items are awarded at once
        self.pedido = [i.model_copy(update={"lote": 1 if forma == "lote" else None}) for i in ITEMS]
        lotes = ["Muebles"] if forma == "lote" else []
        self.id = self.feria.publicada(dias=1, items=self.pedido, adjudica_por=forma, lotes=lotes).id
        self.vistos[forma] += 1
        self.estado = "publicado"
        self.items = [str(EstadoItem.PEDIDO)] * 2
        self.ganan: list[str | None] = [None, None]
        self.caidos: set[tuple[int, str | None]] = set()
        self.ordenados: set[int] = set()
        self.por_aceptar: list[tuple[str, list[int]]] = []
        self.aceptadas: list[Aceptada] = []
        self.en_plazo = False  # to contest
        self.decisiones = [0, 0]
        self.impugnadas: list[tuple[int, str, UUID]] = []
        self.ya_impugno: set[tuple[int, int, str]] = set()
        with self.feria.duenio.begin() as conexion:
            conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
            conexion.execute(text(SE_IMPUGNA), {"id": self.id})
            conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))
        self.ofertas: dict[str, tuple[UUID, list[str | None]]] = {}
        self._sin_versiones()
        self._sin_preguntas()

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[Any], Any]) -> bool:
        """Do it in a transaction; exactly the refusal that the model foresees."""
        negado: type[Exception] | None = None
        try:
            with transaccion() as sesion:
                hacer(sesion)
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado
        self.vistos[negado.__name__ if negado else "hecho"] += 1
        return negado is None

    @precondition(lambda self: self.estado in {"publicado", "suspendido", "recepcion_cerrada"})
    @rule(quien=QUIEN, silla=PRECIOS, mesa=PRECIOS)
    def ofertar(self, quien: str, silla: str | None, mesa: str | None) -> None:
        if (silla is mesa is None) or (quien == "ana" and self.suspendida):
            return
        parte, precios, hecha = getattr(self.feria, quien), [silla, mesa], None
        esperado: type[Exception] | None = DatosInvalidos if self.junto and None in precios else None
        if self.estado != "publicado":
            esperado = OfertaTardia
        negado: type[Exception] | None = None
        try:
            hecha = self.feria.ofertar(parte, self.id, precios, reemplazar=quien in self.ofertas)
        except ErrorDominio as error:
            negado = type(error)
        assert negado is esperado
        if negado is DatosInvalidos:
            self.vistos["incompleta"] += 1
        if hecha is not None:
            self.ofertas[quien] = hecha, precios
            self.hecha_para[quien] = self.vale_para[quien] = self.versiones

    @precondition(lambda self: self.estado == "publicado" and self.hay_tiempo())
    @rule()
    def vencer(self) -> None:
        self._adelantar(self.cierra_en + 1)
        cerrar_recepciones()
        self.estado = "recepcion_cerrada"

    def se_niega(self) -> bool:
        """Whether what a state refuses is still tried: a part of the steps, for the others do something."""
        return self.vistos["EstadoNoPermite"] + self.vistos["PlazoNoVencido"] < 60

    @precondition(lambda self: self.estado == "recepcion_cerrada" or self.se_niega())
    @precondition(lambda self: self.estado in {"publicado", "recepcion_cerrada", "evaluacion"})
    @rule()
    def abrir(self) -> None:
        refusas = {"publicado": PlazoNoVencido, "recepcion_cerrada": None}
        esperado = refusas.get(self.estado, EstadoNoPermite)
        if self.intentar(esperado, lambda s: abrir_convocatoria(s, self.feria.entidad.actor, self.id)):
            self._se_abren()

    def _reparo(self, n: int, quien: str | None) -> type[Exception] | None:
        if quien is None:
            return None
        precios = self.ofertas[quien][1] if quien in self.ofertas else [None, None]
        suyos = [Decimal(p) for p in (precios if self.junto else [precios[n]]) if p is not None]
        if not suyos:
            return DatosInvalidos
        if sum(suyos) > 100 * len(suyos):
            return SobreLaReferencia
        if (n, quien) in self.caidos:
            return DatosInvalidos
        return ProveedorNoHabilitado if quien == "ana" and self.suspendida else None

    @precondition(lambda self: self.estado == "evaluacion" or self.se_niega())
    @precondition(lambda self: self.estado in {"recepcion_cerrada", "evaluacion", "resuelto"})
    @rule(elige=st.lists(st.sampled_from([None, "ana", "beto"]), min_size=2, max_size=2))
    def decidir(self, elige: list[str | None]) -> None:
        esperan = [n for n, estado in enumerate(self.items) if estado in POR_DECIDIR]
        if self.junto:
            elige = [elige[0], elige[0]]
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
        if self.junto:  # any of the items says it for both
            decisiones = [decisiones[self.decisiones[0] % len(decisiones)]]
        if self.intentar(esperado, lambda s: adjudicar(s, self.feria.entidad.actor, self.id, decisiones)):
            for n in esperan:
                self.items[n] = "adjudicado" if elige[n] else "desierto"
                self.ganan[n] = elige[n]
                self.decisiones[n] += 1
            self.estado, self.en_plazo = "resuelto", True

    @precondition(lambda self: bool(self.sin_orden()) or self.se_niega())
    @precondition(lambda self: self.estado in {"resuelto", "evaluacion"})
    @rule(n=st.integers(0, 1), caida=st.sampled_from(sorted(CAIDAS)))
    def caer(self, n: int, caida: EstadoItem) -> None:
        puede = self.items[n] == "adjudicado" and n not in self.ordenados
        puede = puede and self.estado in {"resuelto", "evaluacion"}
        item_id = self.feria.items(self.id)[n].id
        if self.intentar(
            None if puede else EstadoNoPermite,
            lambda s: dejar_sin_efecto(s, self.feria.entidad.actor, self.id, item_id, caida, MOTIVO),
        ):
            for cae in self._con(n):
                self.caidos.add((cae, self.ganan[cae]))
                self.items[cae], self.ganan[cae] = str(caida), None
            self.estado = "evaluacion"

    def _con(self, n: int) -> list[int]:
        """The items that are awarded with one."""
        return [0, 1] if self.junto else [n]

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
                aceptar_orden(sesion, actor, orden_id)
                precios = {n: Decimal(self.ofertas[quien][1][n] or 0) for n in lineas}
                nada = dict.fromkeys(lineas, 0)
                self.aceptadas.append(Aceptada(orden_id, quien, precios, dict(nada), dict(nada)))
            else:
                rechazar_orden(sesion, actor, orden_id, MOTIVO)
        self.vistos["aceptada" if acepta else "rechazada"] += 1
        if not acepta:
            self._cae_la_orden(lineas)

    def hay_tiempo(self) -> bool:
        """No term is counted beyond the years whose calendar is published."""
        return self.vistos["días"] < 1_250

    def _adelantar(self, dias: int) -> None:
        self.reloj.adelantar(timedelta(days=dias))
        self.vistos["días"] += dias

    def _pasa(self, dias: int) -> None:
        """Time alone: what nobody answered falls, or is received."""
        self._adelantar(dias)
        vencer_ordenes()
        recibir_entregas()
        for _quien, lineas in self.por_aceptar:
            self._cae_la_orden(lineas)
        self.vistos.update("vencida" for _orden in self.por_aceptar)
        self.por_aceptar = []
        self.en_plazo = False
        resolver_impugnaciones()
        if self.impugnadas:
            self.impugnadas = []
            self._reanuda()
            self.vistos["silencio"] += 1
        for orden in self.aceptadas:
            for espera in orden.esperan:
                self._se_recibe(orden, espera, espera)
                self.vistos["tacita"] += 1
            orden.esperan = []

    @precondition(lambda self: self.algo_espera() and self.hay_tiempo())
    @rule()
    def callar(self) -> None:
        self._pasa(12)

    def algo_espera(self) -> bool:
        return bool(self.por_aceptar or self.impugnadas or any(o.esperan for o in self.aceptadas))

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
            faltan = [n for n, q in orden.entregado.items() if q < 2]
            if not faltan:
                continue
            esperado: type[Exception] | None = None if orden.estado == "vigente" else OrdenNoPermite
            if esperado is None and any(orden.entregado[n] + cuanto > 2 for n in faltan):
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

    @precondition(lambda self: not (self.estado == "cancelado" or self.ordenados) or self.se_niega())
    @rule(de_veras=st.integers(0, 7))
    def cancelar(self, de_veras: int) -> None:
        """Once in a while, for it ends everything; whenever it will be refused."""
        puede = self.estado not in {"cancelado", "impugnado"} and not self.ordenados
        if puede and de_veras:
            return
        if self.intentar(
            None if puede else EstadoNoPermite,
            lambda s: cancelar_convocatoria(s, self.feria.entidad.actor, self.id, MOTIVO),
        ):
            self.estado = "cancelado"

    def _reanuda(self) -> None:
        falta = any(e in POR_DECIDIR for e in self.items)
        self.estado = "evaluacion" if falta else "resuelto"

    def _esta_decidido(self, n: int) -> bool:
        return self.items[n] in {"adjudicado", "desierto"} and n not in self.ordenados

    def se_impugna(self) -> bool:
        """Whether something is left to contest; what is refused is tried a few times."""
        quedan = {
            (n, self.decisiones[n], q)
            for n in ((0,) if self.junto else (0, 1))
            if self._esta_decidido(n)
            for q in {*self.ofertas, *self.caducadas}
        }
        return bool(quedan - self.ya_impugno) or self.vistos["NoSeImpugna"] < 20

    @precondition(lambda self: self.se_impugna())
    @precondition(lambda self: self.estado in {"resuelto", "impugnado"} and self.en_plazo)
    @rule(n=st.integers(0, 1), quien=QUIEN)
    def impugnar(self, n: int, quien: str) -> None:
        """Who bid, in its term, what was decided and is in no order; once each decision."""
        clave = (self._con(n)[0], self.decisiones[n], quien)
        esperado: type[Exception] | None = None
        if self.estado not in {"resuelto", "impugnado"}:
            esperado = EstadoNoPermite
        elif quien not in {*self.ofertas, *self.caducadas}:
            esperado = NoSeImpugna
        elif not self.en_plazo:
            esperado = ImpugnacionTardia
        elif clave in self.ya_impugno or not self._esta_decidido(n):
            esperado = NoSeImpugna
        parte, hechas = getattr(self.feria, quien), []
        item_id = self.feria.items(self.id)[n].id

        def hacer(sesion: Session) -> None:
            hechas.append(impugnar(sesion, parte.actor, self.id, item_id, parte.id, MOTIVO).id)

        if self.intentar(esperado, hacer):
            self.ya_impugno.add(clave)
            self.impugnadas.append((clave[0], quien, hechas[0]))
            self.estado = "impugnado"
            self.vistos["impugnada"] += 1

    @precondition(lambda self: bool(self.impugnadas))
    @rule(como=st.sampled_from(["confirmada", "rechazada", "revocada", "retirada", "anulada"]))
    def resolver(self, como: str) -> None:
        if not self.impugnadas or (como == "anulada" and self.vistos["anulada"] > 2):
            return
        n, quien, id_ = self.impugnadas[0]
        esperado = EstadoNoPermite if como == "anulada" and self.ordenados else None

        def hacer(sesion: Session) -> None:
            if como == "retirada":
                retirar_impugnacion(sesion, getattr(self.feria, quien).actor, id_)
            else:
                resolver_impugnacion(sesion, self.mae, id_, EstadoImpugnacion(como), MOTIVO)

        if not self.intentar(esperado, hacer):
            return
        self.vistos[como] += 1
        self.impugnadas.pop(0)
        if como == "anulada":
            self.impugnadas, self.estado = [], "cancelado"
            return
        if como == "revocada":
            self.impugnadas = [i for i in self.impugnadas if i[0] != n]
            for cae in self._con(n):
                if self.ganan[cae] is not None:
                    self.caidos.add((cae, self.ganan[cae]))
                self.items[cae], self.ganan[cae] = "revocado", None
        if not self.impugnadas:
            self._reanuda()

    @precondition(lambda self: self.estado not in {"publicado", "cancelado"} and not self.por_aceptar)
    @rule()
    def nadie_viene(self) -> None:
        """The entity does nothing: time alone opens, declares desierto, or lets who won go."""
        esperaban = self.sin_orden()
        if self.por_aceptar or self.vistos["por el reloj"] > 3 or not self.hay_tiempo():
            return
        if self.estado in {"publicado", "impugnado"} or (self.estado == "resuelto" and not esperaban):
            return
        self._pasa(65)
        for barre in (cancelar_suspendidas, abrir_sobres, decidir_items, soltar_adjudicaciones):
            barre()
        if self.estado == "recepcion_cerrada":
            self._se_abren()
        elif self.estado == "suspendido":
            self.estado = "cancelado"
        elif self.estado == "evaluacion":
            self.items = ["desierto" if e in POR_DECIDIR else e for e in self.items]
            self.estado = "resuelto"
        else:
            self._cae_la_orden(sorted(esperaban))
        self.vistos["por el reloj"] += 1

    @precondition(lambda self: self.suspendida or self.vistos["suspendida"] < 12)
    @rule()
    def suspender_o_rehabilitar(self) -> None:
        reguladora = replace(self.reguladora, autenticado_en=ahora())
        with transaccion() as sesion:
            if self.suspendida:
                inscripcion.rehabilitar(sesion, reguladora, self.feria.ana.id)
            else:
                inscripcion.suspender(sesion, reguladora, self.feria.ana.id, "Reclamos")
                self.vistos["suspendida"] += 1
        self.suspendida = not self.suspendida

    @precondition(lambda self: self.no_queda_nada())
    @rule()
    def otra(self) -> None:
        """The next process, once this one ended or has nothing left to do."""
        self.vistos["terminado"] += 1
        self._otro_proceso()

    def no_queda_nada(self) -> bool:
        sin_nada = self.estado == "resuelto" and not self.sin_orden() and not self.por_aceptar
        return self.estado == "cancelado" or (sin_nada and all(orden.termino for orden in self.aceptadas))

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            assert proceso.estado == self.estado
            assert (proceso.versiones, proceso.pedido_en) == (self.versiones, self.pedido_en)
            assert [i.estado for i in self.feria.items(self.id)] == self.items
            rigen = (
                select(OrdenLinea.numero)
                .join(OrdenDeCompra, col(OrdenDeCompra.id) == OrdenLinea.orden_id)
                .where(
                    OrdenDeCompra.convocatoria_id == self.id,
                    col(OrdenDeCompra.estado).not_in(ORDENES_CAIDAS),
                )
            )
            assert sorted(n - 1 for n in sesion.exec(rigen)) == sorted(self.ordenados)
            for orden in self.aceptadas:
                fila = sesion.get_one(OrdenDeCompra, orden.id)
                dicho = (fila.estado, fila.recibido.amount, fila.pagado.amount)
                assert dicho == (orden.estado, orden.vale, orden.pagado)
            assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])
            assert (verificar_impugnaciones(sesion), verificar_versiones(sesion)) == ([], [])
            assert verificar_papeles(sesion) == []

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


def _entregar(actor: Actor, orden_id: UUID, lineas: list[LineaDeEntrega], sesion: Session) -> None:
    entregar(sesion, actor, orden_id, EntregaEntrada(lineas=lineas))


def _pagar(actor: Actor, orden_id: UUID, monto: Decimal, sesion: Session) -> None:
    datos = PagoEntrada(monto=bs(monto), medio="c31", comprobante="1", fecha=fecha_bolivia())
    pagar(sesion, actor, orden_id, datos)


CABECERA = ("ocid", "id", "date", "tag", "initiationType", "language")


# The order may be given at once, and for five working days the decision contested.
SE_IMPUGNA = """
UPDATE feria_convocatoria SET reglas = jsonb_set(reglas, '{valores,dias_impugnacion}',
    reglas #> '{valores,dias_impugnacion}' || '{"valor": 5, "confirmado": false}') WHERE id = :id
"""


def test_maquina_de_la_feria(
    feria: Feria, reloj: Any, reguladora: Actor, crear_persona: Any, actor_de: Any
) -> None:
    autoridad = crear_persona("Mae")
    feria.mandato(feria.entidad.id, autoridad, Facultad.ADMINISTRAR)

    class Esta(Maquina):
        pass

    Esta.feria, Esta.reloj, Esta.reguladora, Esta.vistos = feria, reloj, reguladora, Counter()
    Esta.mae = actor_de(autoridad)
    otro = crear_persona("Otro")
    feria.mandato(feria.entidad.id, otro, Facultad.COMPRAR, Facultad.EVALUAR)
    Esta.otro = actor_de(otro)
    ajustes = settings(
        max_examples=6,
        stateful_step_count=150,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    seguidas = {"hecho", "terminado", "aceptada", "pagada", "tacita", "vencida", "por el reloj"}
    seguidas |= {"impugnada", "revocada", "versión", "reconfirmada", "caducada", "OfertaPorRehacer"}
    seguidas |= {"nombrada", "SinPapel", "excusada"}
    seguidas |= {"item", "lote", "total", "incompleta"}
    assert (seguidas | {"EstadoNoPermite", "PagoDeMas"}) <= Esta.vistos.keys(), Esta.vistos
    resueltas = {"confirmada", "rechazada", "revocada", "retirada", "anulada", "silencio"}
    assert len(resueltas & Esta.vistos.keys()) >= 3, Esta.vistos


def test_de_cada_estado_hay_salida() -> None:
    """From every state of each life one reaches an end, or where nobody waits."""
    for vida, descansa in (
        (VIDA_CONVOCATORIA, "resuelto"),
        (VIDA_ITEM, "adjudicado"),
        (VIDA_RESGUARDO, "vigente"),
        (VIDA_ORDEN, "concluida"),
        (VIDA_ENTREGA, "recibida"),
        (VIDA_IMPUGNACION, "confirmada"),
        (VIDA_EXCUSA, "aceptada"),
    ):
        llegan = {*vida.fines, vida.estados(descansa)}
        for _vuelta in vida.estados:
            llegan |= {de for de, despues in vida.pasos.items() if despues & llegan}
        assert llegan == set(vida.estados), vida.tabla
