"""Joint acts in the panel: those that wait for this person's signature."""

from sqlmodel import Session

from empresa_digital.registro.actos.consultas import por_firmar
from nucleo.actor import Actor
from nucleo.panel import Accion, de_persona
from nucleo.textos import gettext as _


@de_persona("registro.por_firmar")
def firmar(sesion: Session, actor: Actor) -> list[Accion]:
    esperan = len(por_firmar(sesion, actor))
    if not esperan:
        return []
    texto = _("Otra persona ya firmó: léalo y fírmelo, o rechácelo.")
    return [Accion("/por-firmar", _("Por firmar"), texto, "pen-line", esperan, True)]
