"""Processes, items, decisions and orders, whatever the sequence: a plain model beside the tables.

Nothing is awarded above its reference nor to who may not contract, a lot only as a whole, nothing ordered
that was not awarded, nothing received that was not ordered, nothing paid that was not received, and from
every state there is a way out.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
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

from empresa_digital.registro import Facultad, inscripcion, unidades_en_lote
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.tareas import abrir_sobres
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.estados import (
    ORDENES_CAIDAS,
    VIDA_ENTREGA,
    VIDA_GARANTIA,
    VIDA_MODIFICACION,
    VIDA_ORDEN,
)
from feria_inversa.contratos.modelos import OrdenDeCompra, OrdenLinea
from feria_inversa.contratos.tareas import (
    recibir_entregas,
    soltar_adjudicaciones,
    vencer_modificaciones,
    vencer_ordenes,
)
from feria_inversa.contratos.verificar import verificar_modificaciones, verificar_ordenes
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.publicar import leer, por_decir, publico
from feria_inversa.datos_abiertos.verificar import verificar_datos_abiertos
from feria_inversa.designaciones.verificar import verificar_papeles
from feria_inversa.entidades.errores import ProveedorNoHabilitado
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.tareas import decidir_items
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.impugnacion.estados import VIDA_IMPUGNACION
from feria_inversa.impugnacion.tareas import resolver_impugnaciones
from feria_inversa.impugnacion.verificar import verificar_impugnaciones
from feria_inversa.llaves.estados import VIDA_RESGUARDO
from feria_inversa.ofertas.errores import OfertaTardia, PlazoNoVencido
from feria_inversa.papeles.estados import VIDA_EXCUSA
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import (
    CAIDAS,
    POR_DECIDIR,
    VIDA_CONVOCATORIA,
    VIDA_ITEM,
    Cierre,
    EstadoItem,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cancelar_suspendidas, cerrar_recepciones
from feria_inversa.procesos.verificar import verificar_sucesion, verificar_versiones
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo
from tests.feria_inversa.maquina_de_impugnaciones import SE_IMPUGNA, ConImpugnaciones
from tests.feria_inversa.maquina_de_ordenes import Aceptada, ConOrdenes
from tests.feria_inversa.maquina_de_papeles import ConPapeles
from tests.feria_inversa.maquina_de_preguntas import ConPreguntas
from tests.feria_inversa.maquina_de_siguientes import ConSiguientes
from tests.feria_inversa.maquina_de_versiones import ITEMS, MOTIVO, QUIEN, ConVersiones

PRECIOS = st.sampled_from([None, "90.00", "100.00", "100.01"])


class Maquina(ConVersiones, ConPreguntas, ConPapeles, ConOrdenes, ConImpugnaciones, ConSiguientes):
    """Each rule foresees the refusal, or does it; the tables must say what the model says."""

    feria: Feria
    reloj: Any
    reguladora: Actor
    mae: Actor
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.suspendida = False  # Ana
        self.nombrados, self.excusadas = {}, set()
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
            for cuanto, dias, como in ((4, 0, "rechazada"), (1, 0, "retirada"), (3, 5, "firmada")):
                self.modificar(cuanto=cuanto, dias=dias)
                self.firmar_o_no(como=como)
            self.modificar(cuanto=2, dias=0)  # nobody signs this one

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
        rapida = self.vistos["procesos"] % 5 in {1, 2}
        self.id = self.feria.publicada(
            dias=1, items=self.pedido, adjudica_por=forma, lotes=lotes, cotizacion_rapida=rapida
        ).id
        self.vistos.update([forma, "rápida"] if rapida else [forma])
        self.estado, self.anulado = "publicado", False
        self.items = [str(EstadoItem.PEDIDO)] * 2
        self.ganan: list[str | None] = [None, None]
        self.caidos: set[tuple[int, str | None]] = set()
        self.ordenados: set[int] = set()
        self.vueltos: set[int] = set()
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
        vencer_modificaciones()
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
            if orden.propuesta is not None and ahora() >= orden.propuesta.firmar_hasta:
                orden.propuesta = None
                self.vistos["modificación vencida"] += 1

    @precondition(lambda self: self.algo_espera() and self.hay_tiempo())
    @rule()
    def callar(self) -> None:
        self._pasa(12)

    def algo_espera(self) -> bool:
        return bool(self.por_aceptar or self.impugnadas or any(o.esperan for o in self.aceptadas))

    @precondition(lambda self: not (self.estado == "cancelado" or self.ordenados) or self.se_niega())
    @rule(de_veras=st.integers(0, 7), anula=st.booleans())
    def cancelar(self, de_veras: int, *, anula: bool) -> None:
        """Or annul. Once in a while, for it ends everything; whenever it will be refused."""
        desierta = self.estado == "resuelto" and "adjudicado" not in self.items
        puede = self.estado not in {"cancelado", "impugnado"} and not self.ordenados and not desierta
        if puede and de_veras:
            return
        if self.intentar(
            None if puede else EstadoNoPermite,
            lambda s: cancelar_convocatoria(
                s, self.feria.entidad.actor, self.id, MOTIVO, Cierre.ANULA if anula else Cierre.CANCELA
            ),
        ):
            self.estado, self.anulado = "cancelado", anula

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
            self._nadie_se_nombra(sesion, proceso)
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
                assert (fila.total.amount, fila.entregar_hasta) == (orden.total, orden.hasta)
            assert verificar_modificaciones(sesion) == []
            assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])
            assert (verificar_impugnaciones(sesion), verificar_versiones(sesion)) == ([], [])
            assert (verificar_papeles(sesion), verificar_sucesion(sesion)) == ([], [])

    def _nadie_se_nombra(self, sesion: Session, proceso: Convocatoria) -> None:
        """Of a quick quotation, until it is decided; then it was decided of labels, and names are told."""
        if not proceso.cotizacion_rapida or proceso.abierto_en is None:
            return
        actas = select(Acta).where(Acta.convocatoria_id == self.id).order_by(col(Acta.numero))
        escritas = sesion.exec(actas).all()
        if proceso.resuelto_en is not None:
            clases = [acta.clase for acta in escritas]
            assert clases.index("nombres") == clases.index("decision") + 1
            self.vistos["de rótulos"] += 1
            return
        dicho = " ".join(
            [json.dumps(publico(sesion, proceso), default=str), *(a.contenido for a in escritas)]
        )
        quienes = unidades_en_lote(sesion, [self.feria.ana.id, self.feria.beto.id]).values()
        assert [d for u in quienes for d in (u.denominacion, u.numero, str(u.id)) if d in dicho] == []
        self.vistos["sin nombres"] += 1

    def teardown(self) -> None:
        """Each act told something, and nothing public of the process is left to be told."""
        publicar_todo()
        with transaccion() as sesion:
            proceso = sesion.get_one(Convocatoria, self.id)
            compilado = leer(sesion.get_one(CompiladoOcds, self.id).contenido)
            assert por_decir(compilado, publico(sesion, proceso)) == {}
            dichos = sesion.exec(select(ReleaseOcds).where(ReleaseOcds.convocatoria_id == self.id)).all()
            assert [r.etiquetas for r in dichos if json.loads(r.contenido).keys() <= CABECERA] == []
            assert verificar_datos_abiertos(sesion) == []
        if self.suspendida:
            self.suspender_o_rehabilitar()


CABECERA = {"ocid", "id", "date", "tag", "initiationType", "language"}


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
        max_examples=8,
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
    seguidas |= {"otro llamado", "otra publicación"}
    seguidas |= {"nombrada", "SinPapel", "excusada"}
    seguidas |= {"item", "lote", "total", "incompleta"}
    seguidas |= {"rápida", "sin nombres", "de rótulos"}
    seguidas |= {"modificación firmada", "modificación rechazada", "modificación retirada"}
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
        (VIDA_GARANTIA, "devuelta"),
        (VIDA_MODIFICACION, "firmada"),
        (VIDA_IMPUGNACION, "confirmada"),
        (VIDA_EXCUSA, "aceptada"),
    ):
        llegan = {*vida.fines, vida.estados(descansa)}
        for _vuelta in vida.estados:
            llegan |= {de for de, despues in vida.pasos.items() if despues & llegan}
        assert llegan == set(vida.estados), vida.tabla
