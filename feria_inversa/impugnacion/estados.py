"""The life of an appeal against the decision on an item: presented, and ended by who decides it, by who
presented it, by time, or because what it asks for has no object any more.
"""

from enum import StrEnum

from feria_inversa.impugnacion.errores import ImpugnacionNoPermite
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class EstadoImpugnacion(StrEnum):
    PRESENTADA = "presentada"
    RECHAZADA = "rechazada"
    CONFIRMADA = "confirmada"
    REVOCADA = "revocada"
    ANULADA = "anulada"
    RETIRADA = "retirada"
    SIN_OBJETO = "sin_objeto"


def nombre_de_impugnacion(estado: str) -> str:
    """How people read the state of an appeal."""
    nombres: dict[str, str] = {
        EstadoImpugnacion.PRESENTADA: _("Por resolver"),
        EstadoImpugnacion.RECHAZADA: _("Rechazada"),
        EstadoImpugnacion.CONFIRMADA: _("Se confirmó la decisión"),
        EstadoImpugnacion.REVOCADA: _("Se revocó la decisión"),
        EstadoImpugnacion.ANULADA: _("Se anuló el proceso"),
        EstadoImpugnacion.RETIRADA: _("Retirada"),
        EstadoImpugnacion.SIN_OBJETO: _("Quedó sin objeto"),
    }
    return nombres[estado]


_E = EstadoImpugnacion
_FINES = frozenset(EstadoImpugnacion) - {_E.PRESENTADA}

VIDA_IMPUGNACION = Vida(
    "feria_impugnacion",
    EstadoImpugnacion,
    {_E.PRESENTADA: _FINES},
    nace={_E.PRESENTADA},
    fines=_FINES,
    nombre=nombre_de_impugnacion,
    error=ImpugnacionNoPermite,
)
# What who decides it may say.
RESOLUCIONES = (_E.RECHAZADA, _E.CONFIRMADA, _E.REVOCADA, _E.ANULADA)


def que_resuelve(estado: str) -> str:
    """What who decides an appeal does with it, and what follows."""
    nombres: dict[str, str] = {
        _E.RECHAZADA: _("Rechazarla sin entrar al fondo: la decisión queda en pie"),
        _E.CONFIRMADA: _("Confirmar la decisión: lo que pide no tiene razón"),
        _E.REVOCADA: _("Revocar la decisión: se decide de nuevo"),
        _E.ANULADA: _("Anular el proceso: se cancela entero"),
    }
    return nombres[estado]
