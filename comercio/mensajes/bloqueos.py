"""Locks of questions: a question's own row, and nothing else."""

from uuid import UUID

from sqlmodel import Session

from comercio.mensajes.errores import PreguntaNoEncontrada
from comercio.mensajes.modelos import Pregunta


def bloquear_pregunta(sesion: Session, pregunta_id: UUID) -> Pregunta:
    """Locked and fresh. Raises `PreguntaNoEncontrada`."""
    pregunta = sesion.get(Pregunta, pregunta_id, with_for_update={"key_share": True}, populate_existing=True)
    if pregunta is None:
        raise PreguntaNoEncontrada()
    return pregunta
