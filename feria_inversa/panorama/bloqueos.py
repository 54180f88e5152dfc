"""Locks of the market; of a process of here, those of its releases."""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo, cerrojo_si_libre


def historia_si_libre(sesion: Session) -> bool:
    """One brings lines of the history at a time, so that what is worked out later is written later; False
    when another does."""
    return cerrojo_si_libre(sesion.connection(), "feria:mercado:historia")


def uno_por_plan(sesion: Session, plan_id: UUID) -> None:
    """One brings the lines of a plan at a time, for the same reason."""
    cerrojo(sesion, f"feria:mercado:plan:{plan_id}")


def recuento_si_libre(sesion: Session) -> bool:
    """One counts at a time; False when another does."""
    return cerrojo_si_libre(sesion.connection(), "feria:mercado:recuento")
