"""Who sees the budget of an entity: who pays, buys or evaluates for it. Who pays for it keeps it."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    exigir_facultad,
    quienes_firmaron,
    tiene_facultad,
)
from nucleo.actor import Actor

MANEJA = Facultad.PAGAR
_TAMBIEN_VEN = (Facultad.COMPRAR, Facultad.EVALUAR)


def la_ve(sesion: Session, actor: Actor, unidad_id: UUID) -> bool:
    """Whether the actor, alone or with others, may see what an entity's budget is used for."""
    return any(
        tiene_facultad(sesion, actor, unidad_id, f, estados=CON_LO_SUYO, con_otros=True)
        for f in (MANEJA, *_TAMBIEN_VEN)
    )


def exigir_que_la_vea(sesion: Session, actor: Actor, unidad_id: UUID) -> None:
    """Raise `SinFacultad` unless the actor may see it."""
    if not la_ve(sesion, actor, unidad_id):
        exigir_facultad(sesion, actor, unidad_id, MANEJA, estados=CON_LO_SUYO)


def quienes(sesion: Session, actor: Actor) -> str:
    """The name of who does it; of what several sign, all of theirs."""
    if actor.acto is None:
        return actor.nombre
    return quienes_firmaron(sesion, actor.acto)[:200]
