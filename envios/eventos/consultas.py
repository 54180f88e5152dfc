"""Reads of events."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from envios.eventos.modelos import EventoEnvio


def eventos_de(sesion: Session, envio_id: UUID) -> Sequence[EventoEnvio]:
    """Events in order of occurrence."""
    return sesion.exec(
        select(EventoEnvio)
        .where(col(EventoEnvio.envio_id) == envio_id)
        .order_by(col(EventoEnvio.ocurrido_en), col(EventoEnvio.recibido_en), col(EventoEnvio.id))
    ).all()
