"""Locks of the bids."""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def lugar_de(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> None:
    """One bid act at a time for each unit in a call."""
    cerrojo(sesion, f"feria:{convocatoria_id}:{unidad_id}")
