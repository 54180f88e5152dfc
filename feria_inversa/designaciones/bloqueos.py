"""Locks of the roles. Order: the process, then its entity's."""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def papeles_de_entidad(sesion: Session, unidad_id: UUID) -> None:
    """One at a time is named for an entity: what one person may not hold is judged over what they do hold."""
    cerrojo(sesion, f"feria:papeles:{unidad_id}")
