"""Who makes the plan of an entity (who buys for it), and who sees it before it is published."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor

PLANIFICA = Facultad.COMPRAR
_TAMBIEN_VE = Facultad.EVALUAR


def ve_el_borrador(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor, alone or with others, works on what the entity buys."""
    return actor is not None and any(
        tiene_facultad(sesion, actor, unidad_id, f, estados=CON_LO_SUYO, con_otros=True)
        for f in (PLANIFICA, _TAMBIEN_VE)
    )


def exigir_que_lo_vea(sesion: Session, actor: Actor, unidad_id: UUID) -> None:
    """Raise `SinFacultad` unless the actor may see it."""
    if not ve_el_borrador(sesion, actor, unidad_id):
        exigir_facultad(sesion, actor, unidad_id, PLANIFICA, estados=CON_LO_SUYO)
