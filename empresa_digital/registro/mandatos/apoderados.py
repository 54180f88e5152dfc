"""The people of a unit by what they may do for it alone: for a room that shares out its work among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from empresa_digital.registro.mandatos.bloqueos import bloquear_mandatos
from empresa_digital.registro.mandatos.facultades import vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad


@dataclass(frozen=True, slots=True)
class Apoderado:
    """A person and the mandate by which they have a faculty now; `hasta` is when it ends, if it does."""

    persona_id: UUID
    mandato_id: UUID
    unidad_id: UUID
    hasta: datetime | None


def apoderados_con(sesion: Session, unidad_id: UUID, facultad: Facultad) -> list[Apoderado]:
    """Who may exercise a faculty for a unit now, alone, by its mandate; of several, the one that lasts."""
    por_persona: dict[UUID, Apoderado] = {}
    for apoderado in _con(sesion, facultad, col(Mandato.unidad_id) == unidad_id):
        por_persona.setdefault(apoderado.persona_id, apoderado)
    return list(por_persona.values())


def firman_otros(sesion: Session, unidad_id: UUID, facultad: Facultad, *, salvo: UUID | None) -> bool:
    """Whether others than that person are enough to sign together what the faculty lets do."""
    persona = col(Mandato.apoderado_persona_id)
    consulta = (
        select(Mandato.grupo_firma)
        .where(
            Mandato.unidad_id == unidad_id,
            persona != salvo,
            col(Mandato.firmas_requeridas) > 1,
            col(Mandato.facultades).overlap([f.value for f in facultad.otorgada_por]),  # type: ignore[attr-defined]
            vigente(Mandato, func.nucleo_ahora()),
        )
        .group_by(col(Mandato.grupo_firma))
        .having(func.count(persona.distinct()) >= func.min(Mandato.firmas_requeridas))
    )
    return sesion.exec(consulta.limit(1)).first() is not None


def alguien_mas(sesion: Session, unidad_id: UUID, facultad: Facultad, salvo: Collection[UUID]) -> bool:
    """Whether anybody but those people may exercise a faculty for a unit now, alone; an office that has it is
    somebody."""
    persona = col(Mandato.apoderado_persona_id)
    consulta = select(Mandato.id).where(
        Mandato.unidad_id == unidad_id,
        or_(persona.is_(None), persona.not_in(salvo)),
        *_solo_con(facultad),
    )
    return sesion.exec(consulta.limit(1)).first() is not None


def mandatos_con(sesion: Session, ids: Collection[UUID], facultad: Facultad) -> dict[UUID, Apoderado]:
    """Those among these mandates by which a person has a faculty now, in one query; in none without any."""
    if not ids:
        return {}
    return {a.mandato_id: a for a in _con(sesion, facultad, col(Mandato.id).in_(ids))}


def sostener_mandato(sesion: Session, mandato_id: UUID) -> None:
    """Nobody revokes it until the transaction ends: what leans on it is written while it holds."""
    bloquear_mandatos(sesion, [mandato_id])


def _solo_con(facultad: Facultad) -> tuple[Any, ...]:
    """SQL conditions: by this mandate a faculty is exercised now, with one signature."""
    return (
        col(Mandato.firmas_requeridas) == 1,
        col(Mandato.facultades).overlap([f.value for f in facultad.otorgada_por]),  # type: ignore[attr-defined]
        vigente(Mandato, func.nucleo_ahora()),
    )


def _con(sesion: Session, facultad: Facultad, cuales: object) -> list[Apoderado]:
    consulta = (
        select(Mandato)
        .where(
            cuales,  # type: ignore[arg-type]
            col(Mandato.apoderado_persona_id).is_not(None),
            *_solo_con(facultad),
        )
        .order_by(func.least(Mandato.valido_hasta, Mandato.revocado_en).desc().nulls_first(), col(Mandato.id))
    )
    return [
        Apoderado(m.apoderado_persona_id, m.id, m.unidad_id, m.valido_hasta)
        for m in sesion.exec(consulta)
        if m.apoderado_persona_id is not None
    ]
