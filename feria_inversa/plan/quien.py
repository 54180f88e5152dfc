"""Who makes the plan of an entity (who buys for it), who publishes it, and who sees it before that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad
from feria_inversa.papeles import PLANIFICAR, SinPapel, exigir_papel
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


@dataclass(slots=True)
class _DeSuEntidad:
    """A plan as those who hold a role of its entity are asked about it: no rule of a process decides."""

    id: UUID
    unidad_id: UUID
    conocidas_en: datetime | None = None
    sigue_en: datetime | None = None
    reglas: dict[str, Any] | None = None


def exigir_publicar(sesion: Session, actor: Actor, plan_id: UUID, unidad_id: UUID) -> None:
    """Raise `SinPapel`, naming who does it, unless the actor publishes what the entity plans."""
    exigir_papel(sesion, actor, _DeSuEntidad(plan_id, unidad_id), PLANIFICAR)


def quien_publica(sesion: Session, actor: Actor, plan_id: UUID, unidad_id: UUID) -> str:
    """Who publishes it, in words, if it is not the actor."""
    try:
        exigir_publicar(sesion, actor, plan_id, unidad_id)
    except SinPapel as error:
        return error.detalle
    return ""
