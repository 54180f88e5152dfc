"""Locks of the entities that contract."""

from sqlmodel import Session

from feria_inversa.entidades.cuce import Cuce
from nucleo.bloqueos import cerrojo


def codigos_de_entidad(sesion: Session) -> None:
    """One entity at a time is given its codes."""
    cerrojo(sesion, "feria:entidad")


def un_cuce(sesion: Session, cuce: str) -> None:
    """One process at a time takes a code that comes from outside."""
    cerrojo(sesion, f"feria:cuce:{cuce}")


def una_serie(sesion: Session, cuce: Cuce) -> None:
    """One process at a time is given the code that follows in a serial."""
    cerrojo(sesion, f"feria:serie:{cuce.gestion}-{cuce.entidad}-{cuce.unidad}-{cuce.serie}")


def saltar_serie(sesion: Session) -> None:
    """One at a time goes past a serial that came from outside."""
    cerrojo(sesion, "feria:serie_nacional")
