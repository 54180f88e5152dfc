"""The authority that qualifies sellers: it mediates between them and who buys, and moderates what is said."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Habilitacion, Materia, SinFacultad, exigir_competencia, partes_en_lote
from nucleo.actor import Actor, Autorizacion


def exigir_autoridad(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID | None = None,
    *,
    parte_id: UUID | None = None,
    personas: Collection[UUID] = (),
) -> Autorizacion:
    """Of the authority, with no part in the case: that of a seller, of who bought (a party), of persons who
    spoke in it. Raises `SinFacultad`, `SinCompetencia`, `CasoPropio`."""
    exigir = partial(exigir_competencia, sesion, actor, Materia.HABILITACION, clase=Habilitacion.VENDEDOR)
    autorizacion = exigir(unidad_id=unidad_id)
    for persona_id in personas:
        exigir(persona_id=persona_id)
    if parte_id is not None:
        parte = partes_en_lote(sesion, [parte_id])[parte_id]
        exigir(unidad_id=parte.unidad_id, persona_id=parte.persona_id)
    return autorizacion


def es_autoridad(sesion: Session, actor: Actor) -> bool:
    try:
        exigir_autoridad(sesion, actor)
    except SinFacultad:
        return False
    return True
