"""The life of a group of holders: each brings a key, all rehearse, and then they hold those of processes."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoResguardo(StrEnum):
    INSCRIPCION = "inscripcion"
    ENSAYO = "ensayo"
    VIGENTE = "vigente"
    TERMINADO = "terminado"


_E = EstadoResguardo
VIDA_RESGUARDO = Vida(
    "feria_resguardo",
    EstadoResguardo,
    {
        _E.INSCRIPCION: {_E.ENSAYO, _E.TERMINADO},
        _E.ENSAYO: {_E.VIGENTE, _E.TERMINADO},
        _E.VIGENTE: {_E.TERMINADO},
    },
    nace={_E.INSCRIPCION},
    fines={_E.TERMINADO},
)
EN_PREPARACION = frozenset({_E.INSCRIPCION, _E.ENSAYO})
