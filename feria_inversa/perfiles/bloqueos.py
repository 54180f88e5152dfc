"""Locks of the prices: after everything else."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo_si_libre


def precios_si_libres(sesion: Session) -> bool:
    """One works prices out at a time; False when another does."""
    return cerrojo_si_libre(sesion.connection(), "feria:mercado:precios")
