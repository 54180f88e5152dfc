"""What an act changed is published in the act's own transaction, by whoever registered for it.

Who decides stands below who tells (`datos_abiertos`), which needs to see all that a process became.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

Publicador = Callable[[Session, UUID, Sequence[str], datetime], object]
_publicadores: list[Publicador] = []


def al_publicar(publicador: Publicador) -> Publicador:
    """Register what is called with each act: the process, the tags of the act, its instant."""
    _publicadores.append(publicador)
    return publicador


def publicar_acto(sesion: Session, proceso_id: UUID, etiquetas: Sequence[str], instante: datetime) -> None:
    """Publish an act. The process must be locked and flushed."""
    assert _publicadores, "an act that nobody publishes"
    for publicar in _publicadores:
        publicar(sesion, proceso_id, etiquetas, instante)
