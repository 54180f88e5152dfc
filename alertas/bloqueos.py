"""Locks of this room: an owner's places, an alert; an alert before what was found for it."""

from uuid import UUID

from sqlmodel import Session, select

from alertas.modelos import Alerta
from nucleo.bloqueos import cerrojo


def lugares_de(sesion: Session, duenio_id: UUID) -> None:
    """One at a time takes a place among the alerts of a person, or of a unit."""
    cerrojo(sesion, f"alertas:{duenio_id}")


def avisos_de(sesion: Session, duenio_id: UUID) -> None:
    """One at a time tells a person, or a unit, what their alerts found: after the alert's own row."""
    cerrojo(sesion, f"alertas.avisos:{duenio_id}")


def alerta(sesion: Session, alerta_id: UUID, *, si_esta_libre: bool = False) -> Alerta | None:
    """An alert, freshly read; with `si_esta_libre`, None when another worker has it."""
    consulta = select(Alerta).where(Alerta.id == alerta_id)
    consulta = consulta.with_for_update(key_share=True, skip_locked=si_esta_libre)
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
