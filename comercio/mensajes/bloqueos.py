"""Locks of questions, and of how far the messages of an order were read: each its own row, nothing else."""

from uuid import UUID

from sqlmodel import Session

from comercio.mensajes.errores import PreguntaNoEncontrada
from comercio.mensajes.modelos import Hilo, Pregunta


def bloquear_pregunta(sesion: Session, pregunta_id: UUID) -> Pregunta:
    """Locked and fresh. Raises `PreguntaNoEncontrada`."""
    pregunta = sesion.get(Pregunta, pregunta_id, with_for_update={"key_share": True}, populate_existing=True)
    if pregunta is None:
        raise PreguntaNoEncontrada()
    return pregunta


def bloquear_hilo(sesion: Session, pedido_id: UUID) -> Hilo:
    """Of an order that has messages, locked and fresh."""
    return sesion.get_one(Hilo, pedido_id, with_for_update={"key_share": True}, populate_existing=True)
