"""Locks of the entities that contract."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def codigos_de_entidad(sesion: Session) -> None:
    """One entity at a time is given its codes."""
    cerrojo(sesion, "feria:entidad")


def un_cuce(sesion: Session, cuce: str) -> None:
    """One process at a time takes a code that comes from outside."""
    cerrojo(sesion, f"feria:cuce:{cuce}")
