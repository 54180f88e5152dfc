"""Row lock of an agenda, after that of the order: whoever takes a place in it, one after the other."""

from uuid import UUID

from sqlmodel import Session

from comercio.agenda.errores import AgendaNoEncontrada
from comercio.agenda.modelos import Agenda


def bloquear_agenda(sesion: Session, agenda_id: UUID) -> Agenda:
    """Locked and fresh. Raises `AgendaNoEncontrada`."""
    agenda = sesion.get(Agenda, agenda_id, with_for_update={"key_share": True}, populate_existing=True)
    if agenda is None:
        raise AgendaNoEncontrada()
    return agenda
