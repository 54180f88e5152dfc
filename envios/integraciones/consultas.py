"""Reads of messages of operators."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.integraciones.estados import EstadoMensaje
from envios.integraciones.modelos import MensajeDeOperador

A_LA_VISTA = 100


def pendientes(sesion: Session, operador_unidad_id: UUID) -> Sequence[MensajeDeOperador]:
    """What could not be recorded yet: first what waits for people, then what is tried again, oldest first."""
    consulta = select(MensajeDeOperador).where(
        col(MensajeDeOperador.operador_unidad_id) == operador_unidad_id,
        col(MensajeDeOperador.revisar_en).is_not(None),
    )
    orden = (
        col(MensajeDeOperador.estado) != EstadoMensaje.RECHAZADO,
        col(MensajeDeOperador.recibido_en),
        col(MensajeDeOperador.id),
    )
    return sesion.exec(consulta.order_by(*orden).limit(A_LA_VISTA)).all()


def desconocidos(sesion: Session, operador_unidad_id: UUID) -> list[tuple[str, int]]:
    """The codes that nobody told us and were kept as they came, how often each, most often first."""
    veces = func.count()
    consulta = (
        select(MensajeDeOperador.codigo, veces)
        .where(
            col(MensajeDeOperador.operador_unidad_id) == operador_unidad_id,
            col(MensajeDeOperador.desconocido),
            col(MensajeDeOperador.evento_id).is_not(None),
        )
        .group_by(col(MensajeDeOperador.codigo))
        .order_by(veces.desc(), col(MensajeDeOperador.codigo))
    )
    return [(codigo, n) for codigo, n in sesion.exec(consulta.limit(A_LA_VISTA))]


def contar_por_resolver(sesion: Session, operadores: Collection[UUID]) -> dict[UUID, int]:
    """How many messages wait for the people of each."""
    consulta = (
        select(MensajeDeOperador.operador_unidad_id, func.count())
        .where(
            col(MensajeDeOperador.operador_unidad_id).in_(operadores),
            col(MensajeDeOperador.revisar_en).is_not(None),
            col(MensajeDeOperador.estado) == EstadoMensaje.RECHAZADO,
        )
        .group_by(col(MensajeDeOperador.operador_unidad_id))
    )
    return dict(sesion.exec(consulta).all())
