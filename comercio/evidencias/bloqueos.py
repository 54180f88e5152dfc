"""The lock of an id that a client chose: the same freezing sent twice comes one after the other."""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def bloquear_lo_mismo(sesion: Session, id: UUID) -> None:
    cerrojo(sesion, f"comercio.busqueda_congelada:{id}")
