"""An act is noted in its own transaction by whoever registered to publish it.

Who decides stands below who tells (`datos_abiertos`), which needs to see all that a process became.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

Publicador = Callable[[Session, UUID, Sequence[str], datetime], object]
Anterior = Callable[[Session, UUID], None]
_publicadores: list[Publicador] = []
_anteriores: list[Anterior] = []


def al_publicar(publicador: Publicador) -> Publicador:
    """Register what is called with each act: the process, the tags of the act, its instant."""
    _publicadores.append(publicador)
    return publicador


def publicar_acto(sesion: Session, proceso_id: UUID, etiquetas: Sequence[str], instante: datetime) -> None:
    """Note an act to be published. The process must be locked and flushed."""
    assert _publicadores, "an act that nobody publishes"
    for publicar in _publicadores:
        publicar(sesion, proceso_id, etiquetas, instante)


def antes_de_un_acto(funcion: Anterior) -> Anterior:
    """Register what is called with a locked process, before an act changes anything of it."""
    _anteriores.append(funcion)
    return funcion


def avisar_de_un_acto(sesion: Session, proceso_id: UUID) -> None:
    """A process was locked, to be changed."""
    for funcion in _anteriores:
        funcion(sesion, proceso_id)
