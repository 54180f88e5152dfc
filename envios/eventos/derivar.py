"""The state of a shipment, derived from **all** its events by time of occurrence.

Events arrive late, doubled, out of order and in batches, so no event "sets" the state: `derivar_estado` reads
the whole set and gives the same answer in whatever order it arrived. Terminal states are a ladder
(anulado < devuelto < entregado): one more event can only climb it, hence a delivered item never reopens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from envios.eventos.emsevt import Codigo, EstadoEvento, estado_de_codigo, ficha
from envios.eventos.motivos import AccionIntento
from envios.items import ESCALA_TERMINAL, EstadoEnvio


class QuienRecibe(StrEnum):
    """Whom an EMI handed the item to: the recipient, or the sender at the end of a return."""

    DESTINATARIO = "destinatario"
    REMITENTE = "remitente"


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
    def codigo(self) -> str: ...
    @property
    def ocurrido_en(self) -> datetime: ...
    @property
    def accion(self) -> str | None: ...
    @property
    def entregado_a(self) -> str | None: ...
    @property
    def clave(self) -> tuple[str, ...]:
        """Identity (operator, client event id): breaks ties so that order of arrival never does."""
        ...


@dataclass(frozen=True, slots=True)
class Derivacion:
    """State of a shipment, the event that decides it, and the instants other rooms ask for."""

    estado: EstadoEnvio
    evento: EventoDeEnvio | None
    admitido_en: datetime | None
    entregado_en: datetime | None
    ultimo_evento_en: datetime | None
    intentos: int


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


def _decisivo(ordenados: list[tuple[EventoDeEnvio, EstadoEnvio]]) -> tuple[EventoDeEnvio, EstadoEnvio] | None:
    """The highest terminal state reached, by its first event; else the last event, a return being final."""
    terminales = [par for par in ordenados if par[1].es_terminal]
    if terminales:
        return max(terminales, key=lambda par: ESCALA_TERMINAL[par[1]])  # max keeps the first of equals
    devolucion = next((par for par in ordenados if par[1] is EstadoEnvio.EN_DEVOLUCION), None)
    return devolucion or (ordenados[-1] if ordenados else None)


def derivar_estado(eventos: Iterable[EventoDeEnvio]) -> Derivacion:
    """The state that a set of events gives, whatever the order in which they are passed. Pure.

    Without events the shipment is announced. Any physical event counts as admission, since the scan of
    the acceptance may be the one that got lost.
    """
    todos = sorted(eventos, key=_orden)
    conocidos = [(e, estado) for e in todos if (estado := estado_de_evento(e)) is not None]
    decisivo = _decisivo(conocidos)
    fisicos = [e for e, estado in conocidos if estado is not EstadoEnvio.ANULADO]
    entregado = decisivo[0] if decisivo and decisivo[1] is EstadoEnvio.ENTREGADO else None
    return Derivacion(
        estado=decisivo[1] if decisivo else EstadoEnvio.ANUNCIADO,
        evento=decisivo[0] if decisivo else None,
        admitido_en=fisicos[0].ocurrido_en if fisicos else None,
        entregado_en=entregado.ocurrido_en if entregado else None,
        ultimo_evento_en=todos[-1].ocurrido_en if todos else None,
        intentos=sum(e.codigo == Codigo.EMH for e in todos),
    )
