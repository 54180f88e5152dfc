"""The lock of a seller's holidays."""

from uuid import UUID

from sqlmodel import Session

from comercio.vendedores.modelos import Vacaciones


def bloquear_vacaciones(sesion: Session, vacaciones_id: UUID) -> Vacaciones | None:
    """The row, locked and fresh, if there is one."""
    return sesion.get(Vacaciones, vacaciones_id, with_for_update=True, populate_existing=True)
