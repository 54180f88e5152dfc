"""Digital citizenship in the panel: the mailbox."""

from sqlmodel import Session

from ciudadania.consultas_buzon import contar_sin_leer, hay_legales_sin_leer
from ciudadania.resumen import en_palabras, resumen_de_ayer
from nucleo.actor import Actor
from nucleo.panel import Accion, de_persona
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@de_persona("ciudadania.buzon")
def buzon(sesion: Session, actor: Actor) -> list[Accion]:
    return [*_resumen(sesion, actor), *_buzon(sesion, actor)]


def _resumen(sesion: Session, actor: Actor) -> list[Accion]:
    resumen = resumen_de_ayer(sesion, actor)
    if resumen is None:
        return []
    return [Accion(f"/buzon?dia={resumen.dia}", _("Su resumen de ayer"), en_palabras(resumen), "mail")]


def _buzon(sesion: Session, actor: Actor) -> list[Accion]:
    sin_leer = contar_sin_leer(sesion, actor)
    if not sin_leer:
        return [Accion("/buzon", _("Buzón"), _("No tiene mensajes sin leer."), "mail")]
    if hay_legales_sin_leer(sesion, actor):
        texto = _("Hay notificaciones con efecto legal sin abrir.")
        return [Accion("/buzon?ver=legales", _("Leer su buzón"), texto, "mail", sin_leer, urge=True)]
    texto = ngettext("Tiene un aviso sin leer.", "Tiene avisos sin leer.", sin_leer)
    return [Accion("/buzon", _("Leer su buzón"), texto, "mail", sin_leer)]
