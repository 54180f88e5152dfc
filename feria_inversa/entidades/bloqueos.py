"""Locks of the entities that contract."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def codigos_de_entidad(sesion: Session) -> None:
    """One entity at a time is given its codes."""
    cerrojo(sesion, "feria:entidad")
