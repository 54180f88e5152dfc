"""Locks of the invitations, before that of a call. One process at a time tells its own, so that nobody is
told of it twice, nor of too many; what a unit prefers is changed by one at a time.
"""

from uuid import UUID

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def invitar_de_a_uno(sesion: Session) -> None:
    cerrojo(sesion, "feria.invitaciones")


def preferencia_de(sesion: Session, unidad_id: UUID) -> None:
    cerrojo(sesion, f"feria.invitaciones:{unidad_id}")
