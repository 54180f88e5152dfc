"""What all events of an item say together: its state, who holds it, and what does not fit.

Events arrive late, doubled, out of order, in batches and from several operators, and some are declared wrong
afterwards, so no event "sets" the state: `derivar` reads the whole set and gives the same answer in whatever
order it arrived. Ends are a ladder (anulado < devuelto < entregado): one more event can only climb it; only a
correction comes down.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from envios.eventos.emsevt import Codigo, CodigoPropio, EstadoEvento, estado_de_codigo, ficha
from envios.eventos.motivos import AccionIntento
from envios.items import ESCALA_TERMINAL, SIN_NOTICIAS, EstadoEnvio

# The house's: how long the other operator has to say its half of a hand-over.
TRASPASO = timedelta(days=3)


class QuienRecibe(StrEnum):
    """Whom an EMI handed the item to: the recipient, or the sender at the end of a return."""

    DESTINATARIO = "destinatario"
    REMITENTE = "remitente"


class ClaseIncidencia(StrEnum):
    """What does not fit together and somebody must look at."""

    ENTREGA_DOBLE = "entrega_doble"
    ENTREGA_CORREGIDA = "entrega_corregida"
    ANULADO_CON_MOVIMIENTOS = "anulado_con_movimientos"
    ANULACION_CORREGIDA = "anulacion_corregida"
    DEVOLUCION_SIN_AVISO = "devolucion_sin_aviso"
    TRASPASO_SIN_CONFIRMAR = "traspaso_sin_confirmar"
    OPERADOR_SIN_TRASPASO = "operador_sin_traspaso"


Incidencia = tuple[ClaseIncidencia, str]
"""A kind, and which event or operator it is about (empty: the item)."""

_ESTADO_POR_EVENTO = {
    EstadoEvento.RECIBIDO: EstadoEnvio.ADMITIDO,
    EstadoEvento.EN_TRANSITO: EstadoEnvio.EN_TRANSITO,
    EstadoEvento.RETENIDO: EstadoEnvio.RETENIDO,
    EstadoEvento.EN_REPARTO: EstadoEnvio.EN_REPARTO,
    EstadoEvento.LISTO_PARA_RETIRO: EstadoEnvio.LISTO_PARA_RETIRO,
    EstadoEvento.INTENTO_FALLIDO: EstadoEnvio.INTENTO_FALLIDO,
    EstadoEvento.ENTREGADO: EstadoEnvio.ENTREGADO,
    EstadoEvento.EN_DEVOLUCION: EstadoEnvio.EN_DEVOLUCION,
    EstadoEvento.ANULADO: EstadoEnvio.ANULADO,
}


class EventoDeEnvio(Protocol):
    """What the derivation reads of an event."""

    @property
    def id(self) -> UUID: ...
    @property
    def operador_unidad_id(self) -> UUID: ...
    @property
    def codigo(self) -> str: ...
    @property
    def ocurrido_en(self) -> datetime: ...
    @property
    def cuenta_desde(self) -> datetime:
        """The later of occurrence and receipt: terms count from it."""
        ...

    @property
    def accion(self) -> str | None: ...
    @property
    def entregado_a(self) -> str | None: ...
    @property
    def contraparte_unidad_id(self) -> UUID | None:
        """The other operator of a hand-over."""
        ...

    @property
    def clave(self) -> tuple[str, ...]:
        """Identity (operator, client event id): breaks ties so that order of arrival never does."""
        ...


@dataclass(frozen=True, slots=True)
class Derivacion:
    """State of an item, the event that decides it, who holds it, what does not fit, and when to look again.

    `revisar_en` is the instant at which time alone changes the answer; None when it does not.
    """

    estado: EstadoEnvio
    evento: EventoDeEnvio | None
    custodio: UUID
    cadena: frozenset[UUID]
    admitido_en: datetime | None
    entregado_en: datetime | None
    ultimo_evento_en: datetime | None
    noticias_en: datetime
    intentos: int
    incidencias: frozenset[Incidencia]
    revisar_en: datetime | None


def estado_de_evento(evento: EventoDeEnvio) -> EstadoEnvio | None:
    """The state one event speaks for; None for an unknown code, which says nothing about the state."""
    if evento.codigo == Codigo.EMI and evento.entregado_a == QuienRecibe.REMITENTE:
        return EstadoEnvio.DEVUELTO
    if evento.codigo == Codigo.EMH and evento.accion == AccionIntento.DEVOLVER:
        return EstadoEnvio.EN_DEVOLUCION
    return _ESTADO_POR_EVENTO.get(estado_de_codigo(evento.codigo))


def _orden(evento: EventoDeEnvio) -> tuple[datetime, int, tuple[str, ...]]:
    entrada = ficha(evento.codigo)
    return evento.ocurrido_en, entrada.orden if entrada else -1, evento.clave


def identidad(evento: EventoDeEnvio) -> str:
    """How an incident names an event: the same however it arrived."""
    return "|".join((*evento.clave, evento.ocurrido_en.isoformat()))


Par = tuple[EventoDeEnvio, EstadoEnvio]


def _decisivo(ordenados: Sequence[Par]) -> Par | None:
    """The highest terminal state reached, by its first event; else the last event, a return being final."""
    terminales = [par for par in ordenados if par[1].es_terminal]
    if terminales:
        return max(terminales, key=lambda par: ESCALA_TERMINAL[par[1]])  # max keeps the first of equals
    devolucion = next((par for par in ordenados if par[1] is EstadoEnvio.EN_DEVOLUCION), None)
    return devolucion or (ordenados[-1] if ordenados else None)


@dataclass(frozen=True, slots=True)
class _Traspasos:
    """Hand-overs: each is said by both. `sueltos` are the halves that wait for the other one."""

    cadena: frozenset[UUID]
    custodio: UUID
    sueltos: tuple[EventoDeEnvio, ...]


def _traspasos(vigentes: Iterable[EventoDeEnvio], primero: UUID) -> _Traspasos:
    dados: dict[tuple[UUID, UUID], list[EventoDeEnvio]] = defaultdict(list)
    tomados: dict[tuple[UUID, UUID], list[EventoDeEnvio]] = defaultdict(list)
    for evento in vigentes:
        otra = evento.contraparte_unidad_id
        if otra is None:
            continue
        if evento.codigo == CodigoPropio.TRASPASO_DADO:
            dados[evento.operador_unidad_id, otra].append(evento)
        elif evento.codigo == CodigoPropio.TRASPASO_TOMADO:
            tomados[otra, evento.operador_unidad_id].append(evento)
    hechos: list[tuple[tuple[datetime, int, tuple[str, ...]], UUID, UUID]] = []
    sueltos: list[EventoDeEnvio] = []
    for de, a in {*dados, *tomados}:
        unos, otros = dados[de, a], tomados[de, a]
        pares = min(len(unos), len(otros))
        hechos += [(max(_orden(u), _orden(o)), de, a) for u, o in zip(unos, otros, strict=False)]
        sueltos += [*unos[pares:], *otros[pares:]]
    cadena, custodio = {primero}, primero
    crece = True
    while crece:  # a hand-over counts when who gives is of the chain, whenever it is said
        nuevos = {a for _cuando, de, a in hechos if de in cadena} - cadena
        crece = bool(nuevos)
        cadena |= nuevos
    for _cuando, de, a in sorted(hechos, key=lambda h: h[0]):
        if de in cadena:
            custodio = a
    return _Traspasos(frozenset(cadena), custodio, tuple(sueltos))


def derivar(
    eventos: Iterable[EventoDeEnvio],
    corregidos: Collection[UUID],
    primero: UUID,
    anunciado_en: datetime,
    ahora: datetime,
) -> Derivacion:
    """What a set of events says, whatever the order in which they arrived or are passed. Pure.

    `corregidos` are the ids of the events declared wrong; `primero` is the operator that the item was
    announced to. What an operator says before the hand-over to it is confirmed waits: it counts for nothing.
    Without events the item is announced. Any physical event counts as admission, since the scan of the
    acceptance may be the one that got lost.
    """
    todos = sorted(eventos, key=_orden)
    vigentes = [e for e in todos if e.id not in corregidos]
    traspasos = _traspasos(vigentes, primero)
    cuentan = [e for e in vigentes if e.operador_unidad_id in traspasos.cadena]
    conocidos = [(e, estado) for e in cuentan if (estado := estado_de_evento(e)) is not None]
    decisivo = _decisivo(conocidos)
    estado = decisivo[1] if decisivo else EstadoEnvio.ANUNCIADO
    fisicos = [e for e, suyo in conocidos if suyo is not EstadoEnvio.ANULADO]
    entregado = decisivo[0] if decisivo and estado is EstadoEnvio.ENTREGADO else None
    noticias_en = max((e.cuenta_desde for e in cuentan), default=anunciado_en)
    plazos = [] if estado.es_terminal else [noticias_en + SIN_NOTICIAS]
    if fisicos and plazos and plazos[0] <= ahora:
        estado = EstadoEnvio.SIN_NOTICIAS
    esperan = _esperan(vigentes, traspasos)
    plazos += [desde + TRASPASO for desde, _incidencia in esperan]
    hallado = {incidencia for desde, incidencia in esperan if desde + TRASPASO <= ahora}
    hallado |= _no_encaja(estado, decisivo, conocidos, [e for e in todos if e.id in corregidos])
    return Derivacion(
        estado=estado,
        evento=decisivo[0] if decisivo else None,
        custodio=traspasos.custodio,
        cadena=traspasos.cadena,
        admitido_en=fisicos[0].ocurrido_en if fisicos else None,
        entregado_en=entregado.ocurrido_en if entregado else None,
        ultimo_evento_en=cuentan[-1].ocurrido_en if cuentan else None,
        noticias_en=noticias_en,
        intentos=sum(e.codigo == Codigo.EMH for e in cuentan),
        incidencias=frozenset(hallado),
        revisar_en=min((p for p in plazos if p > ahora), default=None),
    )


def _esperan(vigentes: Iterable[EventoDeEnvio], traspasos: _Traspasos) -> list[tuple[datetime, Incidencia]]:
    """What waits for the other half of a hand-over, since when."""
    desde: dict[UUID, datetime] = {}
    for evento in vigentes:
        quien = evento.operador_unidad_id
        if quien not in traspasos.cadena:
            desde[quien] = min(desde.get(quien, evento.cuenta_desde), evento.cuenta_desde)
    return [
        *((d, (ClaseIncidencia.OPERADOR_SIN_TRASPASO, str(quien))) for quien, d in desde.items()),
        *(
            (e.cuenta_desde, (ClaseIncidencia.TRASPASO_SIN_CONFIRMAR, identidad(e)))
            for e in traspasos.sueltos
        ),
    ]


def _no_encaja(
    estado: EstadoEnvio,
    decisivo: Par | None,
    conocidos: Sequence[Par],
    corregidos: Sequence[EventoDeEnvio],
) -> set[Incidencia]:
    hallado: set[Incidencia] = set()
    dichos = {suyo for _e, suyo in conocidos}
    for evento, _suyo in conocidos:
        if evento.codigo == Codigo.EMI and decisivo is not None and evento is not decisivo[0]:
            hallado.add((ClaseIncidencia.ENTREGA_DOBLE, identidad(evento)))
    equivocados = {estado_de_evento(e) for e in corregidos}
    if EstadoEnvio.ENTREGADO in equivocados and estado is not EstadoEnvio.ENTREGADO:
        hallado.add((ClaseIncidencia.ENTREGA_CORREGIDA, ""))  # the money was released at once
    if EstadoEnvio.ANULADO in equivocados and EstadoEnvio.ANULADO not in dichos:
        hallado.add((ClaseIncidencia.ANULACION_CORREGIDA, ""))  # the money was given back at once
    if EstadoEnvio.ANULADO in dichos and len(dichos) > 1 and estado is not EstadoEnvio.DEVUELTO:
        hallado.add((ClaseIncidencia.ANULADO_CON_MOVIMIENTOS, ""))
    if EstadoEnvio.DEVUELTO in dichos and not dichos & {EstadoEnvio.EN_DEVOLUCION, EstadoEnvio.ANULADO}:
        hallado.add((ClaseIncidencia.DEVOLUCION_SIN_AVISO, ""))
    return hallado
