"""What all events of an item say together: its state, who holds it, and what does not fit.

Events arrive late, doubled, out of order, in batches and from several operators, and some are declared wrong
afterwards, so no event "sets" the state: `derivar` reads the whole set and gives the same answer in whatever
order it arrived. Ends are a ladder (anulado < devuelto < entregado): one more event can only climb it; only a
correction comes down.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, Protocol
from uuid import UUID

from envios.eventos.emsevt import (
    CODIGOS,
    PROPIOS,
    Codigo,
    CodigoPropio,
    EstadoEvento,
    estado_de_codigo,
)
from envios.eventos.motivos import AccionIntento, Motivo
from envios.items import ESCALA_TERMINAL, EstadoEnvio, Terminos

# The house's: how long an item has to be received again, once what was noted long ago was declared wrong.
OTRA_VEZ = timedelta(days=2)
# It is not wanted: nobody comes for it.
RECHAZOS = frozenset({Motivo.DESTINATARIO_RECHAZO, Motivo.DESTINATARIO_CANCELO})


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
    FALTA_EN_DESPACHO = "falta_en_despacho"
    ADMISION_CORREGIDA = "admision_corregida"
    ENTREGA_PROVISIONAL = "entrega_provisional"
    ENTREGA_NEGADA = "entrega_negada"


Incidencia = tuple[ClaseIncidencia, str]
"""A kind, and which event or operator it is about (empty: the item)."""

_ESTADO_POR_EVENTO: Mapping[EstadoEvento, EstadoEnvio] = {
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

_ESTADO_POR_CODIGO: Mapping[str, EstadoEnvio | None] = {
    codigo: _ESTADO_POR_EVENTO.get(estado_de_codigo(codigo)) for codigo in (*CODIGOS, *PROPIOS)
}
_LUGAR_DE_CODIGO: Mapping[str, int] = {
    codigo: ficha.orden for tabla in (CODIGOS, PROPIOS) for codigo, ficha in tabla.items()
}

# Open while it is the last that is known of the item.
_DE_LA_PUERTA: Mapping[str, ClaseIncidencia] = {
    CodigoPropio.ENTREGA_PROVISIONAL: ClaseIncidencia.ENTREGA_PROVISIONAL,
    CodigoPropio.NO_RECIBIDO: ClaseIncidencia.ENTREGA_NEGADA,
}
_ESPERAN = frozenset({EstadoEnvio.LISTO_PARA_RETIRO, EstadoEnvio.INTENTO_FALLIDO})


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
    def motivo(self) -> str | None: ...
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
class Espera:
    """An item waits for who receives it, since an instant; one that was refused waits for nobody."""

    desde: datetime
    rechazado: bool
    terminos: Terminos

    def hasta(self, *, prorrogada: bool) -> datetime:
        """When it goes back by itself."""
        if self.rechazado:
            return self.desde
        hasta = self.desde + self.terminos.espera
        return hasta + self.terminos.prorroga if prorrogada else hasta


class Derivacion(NamedTuple):
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
    espera: Espera | None
    incidencias: frozenset[Incidencia]
    revisar_en: datetime | None


def estado_de_evento(evento: EventoDeEnvio) -> EstadoEnvio | None:
    """The state one event speaks for; None for an unknown code, which says nothing about the state."""
    if evento.codigo == Codigo.EMI and evento.entregado_a == QuienRecibe.REMITENTE:
        return EstadoEnvio.DEVUELTO
    if evento.codigo == Codigo.EMH and evento.accion == AccionIntento.DEVOLVER:
        return EstadoEnvio.EN_DEVOLUCION
    return _ESTADO_POR_CODIGO.get(evento.codigo)


_cuando = attrgetter("ocurrido_en")


def _orden(evento: EventoDeEnvio) -> tuple[datetime, int, tuple[str, ...]]:
    return evento.ocurrido_en, _LUGAR_DE_CODIGO.get(evento.codigo, -1), evento.clave


def _en_orden(eventos: Iterable[EventoDeEnvio]) -> list[EventoDeEnvio]:
    """By `_orden`, whose key is dear: it is asked for only where two happened at once."""
    todos = sorted(eventos, key=_cuando)
    if any(uno.ocurrido_en == otro.ocurrido_en for uno, otro in pairwise(todos)):
        todos.sort(key=_orden)
    return todos


def identidad(evento: EventoDeEnvio) -> str:
    """How an incident names an event: the same however it arrived, in whatever zone it is held."""
    return "|".join((*evento.clave, evento.ocurrido_en.astimezone(UTC).isoformat()))


Par = tuple[EventoDeEnvio, EstadoEnvio]


def _decisivo(ordenados: Sequence[Par]) -> Par | None:
    """The highest terminal state reached, by its first event; else the last event, a return being final."""
    terminales = [par for par in ordenados if par[1].es_terminal]
    if terminales:
        return max(terminales, key=lambda par: ESCALA_TERMINAL[par[1]])  # max keeps the first of equals
    devolucion = next((par for par in ordenados if par[1] is EstadoEnvio.EN_DEVOLUCION), None)
    return devolucion or (ordenados[-1] if ordenados else None)


def _espera(ordenados: Sequence[Par], terminos: Terminos) -> Espera | None:
    """The wait that the last events leave the item in: any event that moves it ends it.

    It waits at the agency, for instructions, because who receives refused it, or because the door was tried
    often enough, whatever was said to follow.
    """
    intentos, espera = 0, None
    for evento, estado in ordenados:
        intentos += evento.codigo == Codigo.EMH
        rechazado = evento.codigo == Codigo.EMH and evento.motivo in RECHAZOS
        quieto = evento.accion in (AccionIntento.RETENER_EN_AGENCIA, AccionIntento.ESPERAR_INSTRUCCIONES)
        agotado = quieto or rechazado or intentos >= terminos.intentos
        if estado is EstadoEnvio.LISTO_PARA_RETIRO or (estado is EstadoEnvio.INTENTO_FALLIDO and agotado):
            desde = evento.cuenta_desde if espera is None else min(espera.desde, evento.cuenta_desde)
            espera = Espera(desde, rechazado or (espera is not None and espera.rechazado), terminos)
        else:
            espera = None
    return espera


class _Traspasos(NamedTuple):
    """Hand-overs: each is said by both. `sueltos` are the halves that wait for the other one."""

    cadena: frozenset[UUID]
    custodio: UUID
    sueltos: tuple[EventoDeEnvio, ...]


def _traspasos(vigentes: Iterable[EventoDeEnvio], primero: UUID) -> _Traspasos:
    con_otra = [e for e in vigentes if e.contraparte_unidad_id is not None]
    if not con_otra:
        return _Traspasos(frozenset({primero}), primero, ())
    dados: dict[tuple[UUID, UUID], list[EventoDeEnvio]] = defaultdict(list)
    tomados: dict[tuple[UUID, UUID], list[EventoDeEnvio]] = defaultdict(list)
    for evento in con_otra:
        otra = evento.contraparte_unidad_id
        assert otra is not None
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


class _Leido(NamedTuple):
    """What counts of a set of events, in order, and what decides: no term and no clock changes it."""

    todos: Sequence[EventoDeEnvio]
    vigentes: Sequence[EventoDeEnvio]
    traspasos: _Traspasos
    cuentan: Sequence[EventoDeEnvio]
    ajenos: Sequence[EventoDeEnvio]
    """What was said by who is not of the chain, or not yet."""
    conocidos: Sequence[Par]
    decisivo: Par | None


def _leer(eventos: Iterable[EventoDeEnvio], corregidos: Collection[UUID], primero: UUID) -> _Leido:
    todos = _en_orden(eventos)
    vigentes = [e for e in todos if e.id not in corregidos] if corregidos else todos
    traspasos = _traspasos(vigentes, primero)
    ajenos = [e for e in vigentes if e.operador_unidad_id not in traspasos.cadena]
    cuentan = [e for e in vigentes if e.operador_unidad_id in traspasos.cadena] if ajenos else vigentes
    conocidos = [(e, estado) for e in cuentan if (estado := estado_de_evento(e)) is not None]
    return _Leido(todos, vigentes, traspasos, cuentan, ajenos, conocidos, _decisivo(conocidos))


def quien_decide(
    eventos: Iterable[EventoDeEnvio], corregidos: Collection[UUID], primero: UUID
) -> tuple[frozenset[UUID], EventoDeEnvio | None]:
    """The operators whose events count, and the event that decides: of `derivar`, what is only shown."""
    leido = _leer(eventos, corregidos, primero)
    return leido.traspasos.cadena, leido.decisivo[0] if leido.decisivo else None


def derivar(
    eventos: Iterable[EventoDeEnvio],
    corregidos: Collection[UUID],
    primero: UUID,
    anunciado_en: datetime,
    terminos: Terminos,
    ahora: datetime,
    *,
    cobrado: bool = False,
) -> Derivacion:
    """What a set of events says, whatever the order in which they arrived or are passed. Pure.

    `corregidos` are the ids of the events declared wrong; `primero` is the operator that the item was
    announced to, `terminos` those of the day of its announcement. What an operator says before the hand-over
    to it is confirmed waits: it counts for nothing. Without events the item is announced. Any physical event
    counts as admission, since the scan of the acceptance may be the one that got lost. `cobrado`: its postage
    is the operator's already.
    """
    leido = _leer(eventos, corregidos, primero)
    cuentan, conocidos, decisivo = leido.cuentan, leido.conocidos, leido.decisivo
    estado = decisivo[1] if decisivo else EstadoEnvio.ANUNCIADO
    fisicos = [e for e, suyo in conocidos if suyo is not EstadoEnvio.ANULADO]
    entregado = decisivo[0] if decisivo and estado is EstadoEnvio.ENTREGADO else None
    noticias_en = max(
        (e.cuenta_desde for e in cuentan if e.codigo != CodigoPropio.FALTA), default=anunciado_en
    )
    callado = terminos.sin_noticias if fisicos else terminos.por_traer
    plazos = [] if estado.es_terminal else [noticias_en + callado]
    if fisicos and plazos and plazos[0] <= ahora:
        estado = EstadoEnvio.SIN_NOTICIAS
    elif estado is EstadoEnvio.ANUNCIADO and plazos[0] <= ahora:
        plazos = [ahora + OTRA_VEZ]
    esperan = _esperan(leido.ajenos, leido.traspasos.sueltos)
    plazos += [desde + terminos.traspaso for desde, _incidencia in esperan]
    if decisivo and decisivo[0].codigo == CodigoPropio.ENTREGA_PROVISIONAL:
        plazos.append(decisivo[0].cuenta_desde + terminos.negar)
    hallado = {incidencia for desde, incidencia in esperan if desde + terminos.traspaso <= ahora}
    equivocados = [e for e in leido.todos if e.id in corregidos] if corregidos else []
    hallado |= _no_encaja(estado, decisivo, conocidos, equivocados)
    if cobrado and not fisicos:
        hallado.add((ClaseIncidencia.ADMISION_CORREGIDA, ""))
    if cuentan and cuentan[-1].codigo == CodigoPropio.FALTA and not estado.es_terminal:
        hallado.add((ClaseIncidencia.FALTA_EN_DESPACHO, identidad(cuentan[-1])))
    return Derivacion(
        estado=estado,
        evento=decisivo[0] if decisivo else None,
        custodio=leido.traspasos.custodio,
        cadena=leido.traspasos.cadena,
        admitido_en=fisicos[0].ocurrido_en if fisicos else None,
        entregado_en=entregado.ocurrido_en if entregado else None,
        ultimo_evento_en=cuentan[-1].ocurrido_en if cuentan else None,
        noticias_en=noticias_en,
        intentos=sum(e.codigo == Codigo.EMH for e in cuentan),
        espera=_espera(conocidos, terminos) if decisivo and decisivo[1] in _ESPERAN else None,
        incidencias=frozenset(hallado),
        revisar_en=min((p for p in plazos if p > ahora), default=None),
    )


def _esperan(
    ajenos: Iterable[EventoDeEnvio], sueltos: Iterable[EventoDeEnvio]
) -> list[tuple[datetime, Incidencia]]:
    """What waits for the other half of a hand-over, since when."""
    desde: dict[UUID, datetime] = {}
    for evento in ajenos:
        quien = evento.operador_unidad_id
        desde[quien] = min(desde.get(quien, evento.cuenta_desde), evento.cuenta_desde)
    return [
        *((d, (ClaseIncidencia.OPERADOR_SIN_TRASPASO, str(quien))) for quien, d in desde.items()),
        *((e.cuenta_desde, (ClaseIncidencia.TRASPASO_SIN_CONFIRMAR, identidad(e))) for e in sueltos),
    ]


def _no_encaja(
    estado: EstadoEnvio,
    decisivo: Par | None,
    conocidos: Sequence[Par],
    corregidos: Sequence[EventoDeEnvio],
) -> set[Incidencia]:
    hallado: set[Incidencia] = set()
    dichos = {suyo for _e, suyo in conocidos}
    if decisivo and decisivo[0].codigo in _DE_LA_PUERTA:
        hallado.add((_DE_LA_PUERTA[decisivo[0].codigo], identidad(decisivo[0])))
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
