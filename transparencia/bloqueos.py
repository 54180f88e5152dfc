"""Locks of transparency."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo_si_libre


def tabla_si_libre(sesion: Session, conjunto: str) -> bool:
    """One writes the table of a dataset at a time; False when another does."""
    return cerrojo_si_libre(sesion.connection(), f"transparencia:tabla:{conjunto}")
