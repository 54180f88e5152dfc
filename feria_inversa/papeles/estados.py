"""The life of a recusal: presented, and answered by who resolves it or by time."""

from enum import StrEnum

from feria_inversa.papeles.errores import ExcusaNoPermite
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class ClaseDeExcusa(StrEnum):
    """Who asks that somebody be left out: themselves, or who bid."""

    EXCUSA = "excusa"
    RECUSACION = "recusacion"


class EstadoExcusa(StrEnum):
    PRESENTADA = "presentada"
    ACEPTADA = "aceptada"
    RECHAZADA = "rechazada"
    SIN_OBJETO = "sin_objeto"  # the role ended for another reason


def nombre_de_excusa(estado: str) -> str:
    """How people read the state of a recusal."""
    nombres: dict[str, str] = {
        EstadoExcusa.PRESENTADA: _("Por resolver"),
        EstadoExcusa.ACEPTADA: _("Aceptada"),
        EstadoExcusa.RECHAZADA: _("Rechazada"),
        EstadoExcusa.SIN_OBJETO: _("Quedó sin objeto"),
    }
    return nombres[estado]


_FINES = frozenset(EstadoExcusa) - {EstadoExcusa.PRESENTADA}
VIDA_EXCUSA = Vida(
    "feria_excusa",
    EstadoExcusa,
    {EstadoExcusa.PRESENTADA: _FINES},
    nace={EstadoExcusa.PRESENTADA},
    fines=_FINES,
    nombre=nombre_de_excusa,
    error=ExcusaNoPermite,
)
