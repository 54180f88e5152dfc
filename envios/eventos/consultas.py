"""Reads of events, of what was declared wrong, and of what does not fit."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import fields
from operator import attrgetter
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy import select as elegir
from sqlmodel import Session, col, or_, select

from envios.eventos.errores import EventoNoEncontrado
from envios.eventos.estados import EstadoIncidencia
from envios.eventos.modelos import CorreccionDeEvento, EventoEnvio, IncidenciaDeEnvio
from envios.eventos.sucesos import Suceso
from nucleo.filas import insertar_nuevas, leer_filas, una_de

_COLUMNAS = tuple(campo.name for campo in fields(Suceso))
_VALORES = attrgetter(*_COLUMNAS)
_TODO = elegir(*(getattr(EventoEnvio, columna) for columna in _COLUMNAS))


def _leer(sesion: Session, condicion: ColumnElement[bool]) -> list[Suceso]:
    return [Suceso(*fila) for fila in leer_filas(sesion, _TODO.where(condicion))]


def evento_por_id(sesion: Session, evento_id: UUID) -> Suceso:
    """Raises `EventoNoEncontrado`."""
    evento = eventos_por_id(sesion, [evento_id]).get(evento_id)
    if evento is None:
        raise EventoNoEncontrado()
    return evento


def eventos_por_id(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Suceso]:
    return {e.id: e for e in _leer(sesion, una_de(EventoEnvio.id, ids))}


def eventos_de(sesion: Session, envio_id: UUID) -> list[Suceso]:
    """Events in order of occurrence."""
    eventos = _leer(sesion, col(EventoEnvio.envio_id) == envio_id)
    return sorted(eventos, key=lambda e: (e.ocurrido_en, e.recibido_en, e.id))


def insertar_eventos(sesion: Session, eventos: Collection[Suceso], mientras: Callable[[], None]) -> set[UUID]:
    """Write them; the ids of those that were written: a simultaneous upload may have taken a client id.

    By client id, so that two uploads of the same file wait for one another in the same order. `mientras`, as
    `insertar_nuevas` says.
    """
    ordenados = sorted(eventos, key=lambda e: e.evento_cliente_id)
    filas = [dict(zip(_COLUMNAS, _VALORES(e), strict=True)) for e in ordenados]
    return insertar_nuevas(sesion, EventoEnvio, filas, mientras)


def _lo_nombra() -> ColumnElement[bool]:
    return or_(
        col(CorreccionDeEvento.evento_id) == col(EventoEnvio.id),
        and_(
            col(CorreccionDeEvento.operador_unidad_id) == col(EventoEnvio.operador_unidad_id),
            col(CorreccionDeEvento.evento_cliente_id) == col(EventoEnvio.evento_cliente_id),
            col(CorreccionDeEvento.evento_cliente_id) != "",
        ),
    )


def corregidos_de(sesion: Session, ids: Iterable[UUID]) -> set[UUID]:
    """The events of these items that were declared wrong."""
    return set(
        sesion.exec(
            select(EventoEnvio.id).where(
                una_de(EventoEnvio.envio_id, ids),
                exists().where(_lo_nombra()),
            )
        )
    )


def eventos_y_corregidos(sesion: Session, ids: Iterable[UUID]) -> tuple[dict[UUID, list[Suceso]], set[UUID]]:
    """The events of items, and which of them were declared wrong; in one statement."""
    todos: dict[UUID, list[Suceso]] = {envio_id: [] for envio_id in ids}
    corregidos: set[UUID] = set()
    corregido = exists().where(_lo_nombra())
    consulta = _TODO.add_columns(corregido).where(una_de(EventoEnvio.envio_id, todos))
    for *fila, fue_corregido in leer_filas(sesion, consulta):
        evento = Suceso(*fila)
        todos[evento.envio_id].append(evento)
        if fue_corregido:
            corregidos.add(evento.id)
    return todos, corregidos


def correcciones_de(sesion: Session, envio_id: UUID) -> dict[UUID, CorreccionDeEvento]:
    """By event, why it was declared wrong."""
    filas = sesion.exec(
        select(EventoEnvio.id, CorreccionDeEvento)
        .join(CorreccionDeEvento, _lo_nombra())
        .where(col(EventoEnvio.envio_id) == envio_id)
    ).all()
    return dict(filas)


def eventos_por_cliente(
    sesion: Session, operador_unidad_id: UUID, identificadores: Collection[str]
) -> dict[str, Suceso]:
    """By the operator's own id, the events that have one of these."""
    if not identificadores:
        return {}
    suyos = and_(
        col(EventoEnvio.operador_unidad_id) == operador_unidad_id,
        una_de(EventoEnvio.evento_cliente_id, identificadores),
        col(EventoEnvio.evento_cliente_id) != "",  # what its index says, for any values
    )
    return {e.evento_cliente_id: e for e in _leer(sesion, suyos)}


def correcciones_por_cliente(
    sesion: Session, operador_unidad_id: UUID, identificadores: Collection[str]
) -> set[str]:
    """Which of an operator's own event ids were declared wrong already."""
    if not identificadores:
        return set()
    return set(
        sesion.exec(
            select(CorreccionDeEvento.evento_cliente_id).where(
                col(CorreccionDeEvento.operador_unidad_id) == operador_unidad_id,
                una_de(CorreccionDeEvento.evento_cliente_id, identificadores),
                col(CorreccionDeEvento.evento_cliente_id) != "",
            )
        )
    )


def incidencias_por_envio(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, list[IncidenciaDeEnvio]]:
    """All of each item, open and resolved, oldest first."""
    todas: dict[UUID, list[IncidenciaDeEnvio]] = {envio_id: [] for envio_id in ids}
    consulta = select(IncidenciaDeEnvio).where(una_de(IncidenciaDeEnvio.envio_id, todas))
    for fila in sesion.exec(consulta.order_by(col(IncidenciaDeEnvio.abierta_en), col(IncidenciaDeEnvio.id))):
        todas[fila.envio_id].append(fila)
    return todas


def incidencias_abiertas(sesion: Session, envio_id: UUID) -> list[IncidenciaDeEnvio]:
    """What does not fit of an item and nobody resolved, oldest first."""
    filas = incidencias_por_envio(sesion, [envio_id])[envio_id]
    return [f for f in filas if f.estado == EstadoIncidencia.ABIERTA]
