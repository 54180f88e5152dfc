"""Reads of events, of what was declared wrong, and of what does not fit."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import and_, exists
from sqlmodel import Session, col, or_, select

from envios.eventos.estados import EstadoIncidencia
from envios.eventos.modelos import CorreccionDeEvento, EventoEnvio, IncidenciaDeEnvio


def eventos_de(sesion: Session, envio_id: UUID) -> Sequence[EventoEnvio]:
    """Events in order of occurrence."""
    return sesion.exec(
        select(EventoEnvio)
        .where(col(EventoEnvio.envio_id) == envio_id)
        .order_by(col(EventoEnvio.ocurrido_en), col(EventoEnvio.recibido_en), col(EventoEnvio.id))
    ).all()


def eventos_por_envio(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, list[EventoEnvio]]:
    todos: dict[UUID, list[EventoEnvio]] = {envio_id: [] for envio_id in ids}
    for evento in sesion.exec(select(EventoEnvio).where(col(EventoEnvio.envio_id).in_(list(todos)))):
        todos[evento.envio_id].append(evento)
    return todos


def _lo_nombra() -> object:
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
                col(EventoEnvio.envio_id).in_(list(ids)),
                exists().where(_lo_nombra()),  # type: ignore[arg-type]
            )
        )
    )


def correcciones_de(sesion: Session, envio_id: UUID) -> dict[UUID, CorreccionDeEvento]:
    """By event, why it was declared wrong."""
    filas = sesion.exec(
        select(EventoEnvio.id, CorreccionDeEvento)
        .join(CorreccionDeEvento, _lo_nombra())  # type: ignore[arg-type]
        .where(col(EventoEnvio.envio_id) == envio_id)
    ).all()
    return dict(filas)


def eventos_por_cliente(
    sesion: Session, operador_unidad_id: UUID, identificadores: Collection[str]
) -> dict[str, EventoEnvio]:
    filas = sesion.exec(
        select(EventoEnvio).where(
            col(EventoEnvio.operador_unidad_id) == operador_unidad_id,
            col(EventoEnvio.evento_cliente_id).in_(identificadores),
        )
    )
    return {e.evento_cliente_id: e for e in filas}


def correcciones_por_cliente(
    sesion: Session, operador_unidad_id: UUID, identificadores: Collection[str]
) -> set[str]:
    """Which of an operator's own event ids were declared wrong already."""
    return set(
        sesion.exec(
            select(CorreccionDeEvento.evento_cliente_id).where(
                col(CorreccionDeEvento.operador_unidad_id) == operador_unidad_id,
                col(CorreccionDeEvento.evento_cliente_id).in_(identificadores),
            )
        )
    )


def incidencias_por_envio(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, list[IncidenciaDeEnvio]]:
    todas: dict[UUID, list[IncidenciaDeEnvio]] = {envio_id: [] for envio_id in ids}
    consulta = select(IncidenciaDeEnvio).where(col(IncidenciaDeEnvio.envio_id).in_(list(todas)))
    for fila in sesion.exec(consulta.order_by(col(IncidenciaDeEnvio.abierta_en), col(IncidenciaDeEnvio.id))):
        todas[fila.envio_id].append(fila)
    return todas


def incidencias_abiertas(sesion: Session, envio_id: UUID) -> list[IncidenciaDeEnvio]:
    """What does not fit of an item and nobody resolved, oldest first."""
    filas = incidencias_por_envio(sesion, [envio_id])[envio_id]
    return [f for f in filas if f.estado == EstadoIncidencia.ABIERTA]
