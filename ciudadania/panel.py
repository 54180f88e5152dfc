"""Digital citizenship in the panel: the mailbox."""

from sqlmodel import Session

from ciudadania.buzon import contar_sin_leer
from nucleo.actor import Actor
from nucleo.panel import Accion, de_persona
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@de_persona("ciudadania.buzon")
def buzon(sesion: Session, actor: Actor) -> list[Accion]:
    sin_leer = contar_sin_leer(sesion, actor)
    if not sin_leer:
        return [Accion("/buzon", _("Buzón"), _("No tiene mensajes sin leer."), "mail")]
    texto = ngettext("Tiene un mensaje sin leer.", "Tiene mensajes sin leer.", sin_leer)
    return [Accion("/buzon", _("Leer su buzón"), texto, "mail", sin_leer)]
