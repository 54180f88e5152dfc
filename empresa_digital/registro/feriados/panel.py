"""The calendar in the panel of the authority."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.mandatos import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("registro.calendario")
def calendario_oficial(
    _sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    linea = Accion(
        "/regulador/feriados", _("Calendario oficial"), _("Anote feriados y traslados."), "calendar-days"
    )
    return {u.id: [linea] for u in unidades if Facultad.REGULAR in u.facultades}
