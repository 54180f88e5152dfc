"""Locks of the open data: after the process, alone or shared."""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def publicacion_de(sesion: Session, convocatoria_id: UUID) -> None:
    """One writes the releases of a process at a time."""
    cerrojo(sesion, f"feria:ocds:{convocatoria_id}")
