"""Locks of the open data: after the process, alone or shared."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo, cerrojo_si_libre


def publicacion_de(sesion: Session, convocatoria_id: UUID) -> None:
    """One writes the releases of a process at a time."""
    cerrojo(sesion, f"feria:ocds:{convocatoria_id}")


def mes_si_libre(sesion: Session, mes: date, unidad_id: UUID | None) -> bool:
    """One makes the files of a month, of an entity or of all, at a time; False when another does."""
    return cerrojo_si_libre(sesion.connection(), f"feria:ocds:mes:{mes}:{unidad_id}")
