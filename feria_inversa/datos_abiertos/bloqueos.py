"""The lock of the line of releases."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def linea_ocds(sesion: Session) -> None:
    """Releases are numbered in the order of their commits, so that a reader of the list misses none."""
    cerrojo(sesion, "feria:ocds")
