"""Who may say that what a public entity ordered was received: a room above knows whom the entity named."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from nucleo.actor import Actor

Exigencia = Callable[[Session, Actor, UUID], None]
_exigencias: list[Exigencia] = []


def al_dar_conformidad(exigencia: Exigencia) -> Exigencia:
    """Let a room above refuse who is not to receive a purchase, given its id (a decorator)."""
    _exigencias.append(exigencia)
    return exigencia


def exigir_que_reciba(sesion: Session, actor: Actor, compra_id: UUID) -> None:
    for exigencia in _exigencias:
        exigencia(sesion, actor, compra_id)
