"""What comes next for a person: as a citizen, and for each unit according to the faculties they hold."""

from dataclasses import dataclass, field

from moneyed import Money
from sqlmodel import Session

from ciudadania import contar_sin_leer
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Accion:
    """A line of the panel. `cuenta` is how many wait; None where there is nothing to count."""

    url: str
    titulo: str
    texto: str
    icono: str
    cuenta: int | None = None


@dataclass(slots=True)
class Grupo:
    titulo: str
    detalle: str = ""
    url: str | None = None
    acciones: list[Accion] = field(default_factory=list)


def saldo(sesion: Session, actor: Actor) -> Money:
    return bs(0)


def grupos(sesion: Session, actor: Actor) -> list[Grupo]:
    """The person first, then their units by name."""
    return [_personal(sesion, actor)]


def _personal(sesion: Session, actor: Actor) -> Grupo:
    sin_leer = contar_sin_leer(sesion, actor)
    grupo = Grupo(_("Como persona"), _("Sus compras, su dinero y su buzón."))
    grupo.acciones += [
        Accion("/pedidos", _("Mis pedidos"), _("Vea por dónde vienen y confirme que llegaron."), "package"),
        Accion(
            "/buzon",
            _("Leer su buzón") if sin_leer else _("Buzón"),
            _("Notificaciones con efecto legal."),
            "mail",
            sin_leer or None,
        ),
    ]
    return grupo
