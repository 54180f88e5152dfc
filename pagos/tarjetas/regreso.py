"""From the page of a payment by card to what it paid, if a floor above has a page of that."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

Regreso = Callable[[Session, UUID], str | None]

_regresos: list[Regreso] = []


def regreso_de_una_orden(regreso: Regreso) -> Regreso:
    """Register the page of what is paid: its path by the id of the order, None for another room's."""
    _regresos.append(regreso)
    return regreso


def a_donde_vuelve(sesion: Session, referencia_id: UUID | None) -> str | None:
    if referencia_id is None:
        return None
    return next((ruta for r in _regresos if (ruta := r(sesion, referencia_id)) is not None), None)
